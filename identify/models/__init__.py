from identify.models.embeddings import Embedding
from identify.models.identifications import Identification, StaleSuggestion, State
from identify.models.runs import TrainingRun
from identify.models.suggestions import Decision, Suggestion
from identify.models.versions import Lesson, ModelVersion, ShadowOpinion, VersionChange
from identify.models.webhooks import Delivery, Webhook

__all__ = [
    "Decision",
    "Delivery",
    "Embedding",
    "Identification",
    "Lesson",
    "ModelVersion",
    "ShadowOpinion",
    "StaleSuggestion",
    "State",
    "Suggestion",
    "TrainingRun",
    "VersionChange",
    "Webhook",
]
