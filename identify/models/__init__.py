from identify.models.embeddings import Embedding
from identify.models.identifications import Identification, StaleSuggestion, State
from identify.models.suggestions import Decision, Suggestion
from identify.models.webhooks import Delivery, Webhook

__all__ = [
    "Decision",
    "Delivery",
    "Embedding",
    "Identification",
    "StaleSuggestion",
    "State",
    "Suggestion",
    "Webhook",
]
