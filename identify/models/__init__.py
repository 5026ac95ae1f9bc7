from identify.models.embeddings import Embedding
from identify.models.identifications import Identification, StaleSuggestion, State
from identify.models.suggestions import Decision, Suggestion

__all__ = ["Decision", "Embedding", "Identification", "StaleSuggestion", "State", "Suggestion"]
