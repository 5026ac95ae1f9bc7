from django.db import models

from catalog.models.coins import Coin


class SearchDocument(models.Model):
    """The words by which a coin is found, folded. The database's own full-text index (FTS5 on SQLite,
    tsvector on PostgreSQL) hangs on this table by triggers; see migration 0002 and `catalog.search`."""

    coin = models.OneToOneField(Coin, models.CASCADE, primary_key=True, related_name="document")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:60]
