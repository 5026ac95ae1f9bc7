from identify.models.embeddings import Embedding
from identify.models.identifications import Identification, StaleSuggestion
from identify.models.suggestions import Suggestion

__all__ = ["Embedding", "Identification", "StaleSuggestion", "Suggestion"]
