from django.db import models


class Fact(models.Model):
    """What the fixtures last said of one thing, and which row it became. So a later release mends
    only what no curator has touched, and what was deleted or merged does not come back."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    object_id = models.BigIntegerField(null=True)
    said = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint("kind", "key", name="fact_once")]
        indexes = [models.Index(fields=["kind", "object_id"], name="fact_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
