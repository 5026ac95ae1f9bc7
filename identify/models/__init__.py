from identify.models.batches import Batch
from identify.models.curation import ClassChange, DatasetVersion, Gold, Skip, SpecimenGroup
from identify.models.embeddings import Embedding
from identify.models.explanations import EXPLAINED, Explanation, HeatMap
from identify.models.identifications import Identification, StaleSuggestion, State
from identify.models.labels import How, Label, PhotoFlag
from identify.models.references import ReferenceMap
from identify.models.runs import TrainingRun
from identify.models.suggestions import Decision, Suggestion
from identify.models.trays import Tray, TrayCoin
from identify.models.uploads import LabelledSet
from identify.models.versions import Lesson, ModelVersion, ShadowOpinion, VersionChange
from identify.models.webhooks import Delivery, Webhook

__all__ = [
    "EXPLAINED",
    "Batch",
    "ClassChange",
    "DatasetVersion",
    "Decision",
    "Delivery",
    "Embedding",
    "Explanation",
    "Gold",
    "HeatMap",
    "How",
    "Identification",
    "Label",
    "LabelledSet",
    "Lesson",
    "ModelVersion",
    "PhotoFlag",
    "ReferenceMap",
    "ShadowOpinion",
    "Skip",
    "SpecimenGroup",
    "StaleSuggestion",
    "State",
    "Suggestion",
    "TrainingRun",
    "Tray",
    "TrayCoin",
    "VersionChange",
    "Webhook",
]
