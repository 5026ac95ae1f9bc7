from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.api.serializers.fields import Username
from catalog.models import CoinSet
from catalog.models.trees import Tag
from catalog.refusals import Refusal
from catalog.sentences import sentence, worded
from identify.models import ModelVersion, TrainingRun
from identify.models.versions import VersionChange
from identify.teaching.beginning import MOST_EPOCHS
from identify.teaching.classes import class_of
from identify.teaching.telling import PRESETS

ANYTHING = {"type": "object", "additionalProperties": True}
ROUNDS = {"type": "array", "items": ANYTHING}
BIGGEST = 2**63 - 1
MOST_CLASSES, MOST_COINS = 200, 2000


class RunSerializer(serializers.ModelSerializer):
    """`done` of `total` rounds are learnt; `wish` is what was asked of it and is not done yet."""

    user = Username()
    version = serializers.SerializerMethodField()

    class Meta:
        model = TrainingRun
        fields = [
            "id", "field", "title", "user", "state", "wish", "done", "total", "prepared",
            "to_prepare", "failure", "version", "created_at", "started_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_version(self, run: TrainingRun) -> int | None:
        version = getattr(run, "version", None)
        return version.pk if version else None


@extend_schema_field(ANYTHING)
class Document(serializers.JSONField):
    """As it was written; what is in it is told in docs/teaching.md."""


@extend_schema_field(ROUNDS)
class Rounds(serializers.JSONField):
    pass


class RunInFull(RunSerializer):
    """`curve` has a row for each round; `report` has the figures, class by class, with intervals."""

    plan = Document(read_only=True)
    classes = Rounds(read_only=True)
    curve = Rounds(read_only=True)
    report = serializers.SerializerMethodField()

    class Meta(RunSerializer.Meta):
        fields = [
            *RunSerializer.Meta.fields, "plan", "classes", "curve", "data_hash", "report",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ANYTHING)
    def get_report(self, run: TrainingRun) -> dict[str, Any]:
        """Without the single photos: those may be of collections that the caller does not see."""
        hidden = ("answers", "beside", "confusions")
        told = {name: value for name, value in run.report.items() if name not in hidden}
        if "not_promoted" in told:
            told["not_promoted"] = worded(told["not_promoted"])
        pairs = run.report.get("confusions", [])
        told["confusions"] = [
            {name: value for name, value in one.items() if name != "photos"} for one in pairs
        ]
        return told


class ClassSerializer(serializers.Serializer):
    """What coins of one kind are called, and which they are: a tag or a set of yours, or some by id."""

    label = serializers.CharField(max_length=120)  # type: ignore[assignment]
    tag = serializers.IntegerField(required=False, min_value=1, max_value=BIGGEST)
    set = serializers.IntegerField(required=False, min_value=1, max_value=BIGGEST)
    coins = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=BIGGEST), required=False,
        max_length=MOST_COINS,
    )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user = self.context["request"].user
        for name, model in (("tag", Tag), ("set", CoinSet)):
            if name in attrs and not model.objects.filter(owner=user, pk=attrs[name]).exists():
                raise serializers.ValidationError({name: ["There is none of yours with this id."]})
        where = {name: value for name, value in attrs.items() if name != "label"}
        try:
            return class_of(attrs["label"], **where)
        except Refusal as refusal:
            raise serializers.ValidationError({"label": [sentence(refusal)]}) from None


class BeginSerializer(serializers.Serializer):
    """Either a `field` that people have labelled, or `classes` of your own with a `title`."""

    field = serializers.CharField(required=False, max_length=40, allow_blank=True)
    title = serializers.CharField(required=False, max_length=120)
    classes = ClassSerializer(many=True, required=False, max_length=MOST_CLASSES)  # type: ignore[call-arg]
    preset = serializers.ChoiceField(choices=list(PRESETS), default="quick")
    backbone = serializers.CharField(default="shipped", max_length=120)
    epochs = serializers.IntegerField(default=0, min_value=0, max_value=MOST_EPOCHS)
    promote = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs.get("field")) == bool(attrs.get("classes")):
            raise serializers.ValidationError("Name either a “field” or “classes”.")
        return attrs


class ChangeSerializer(serializers.ModelSerializer):
    by = Username()

    class Meta:
        model = VersionChange
        fields = ["old", "new", "by", "reason", "at"]
        read_only_fields = fields


class SidedSerializer(serializers.Serializer):
    """How often people who judged between both said what it says, what serves says, or neither."""

    trial = serializers.IntegerField()
    serving = serializers.IntegerField()
    neither = serializers.IntegerField()


class VersionSerializer(serializers.ModelSerializer):
    """`shown` photos taught it, `judging` were kept aside and judged it."""

    user = Username()
    metrics = Document(read_only=True)
    shown = serializers.IntegerField(read_only=True)
    judging = serializers.IntegerField(read_only=True)

    class Meta:
        model = ModelVersion
        fields = [
            "id", "field", "title", "number", "state", "run", "user", "metrics", "shown", "judging",
            "sha256", "data_hash", "code_version", "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class VersionInFull(VersionSerializer):
    labels = serializers.ListField(child=serializers.CharField(), read_only=True)
    changes = ChangeSerializer(many=True, read_only=True)
    sided = SidedSerializer(read_only=True)

    class Meta(VersionSerializer.Meta):
        fields = [*VersionSerializer.Meta.fields, "labels", "changes", "sided"]
        read_only_fields = fields


class PromoteSerializer(serializers.Serializer):
    reason = serializers.CharField(default="", max_length=300, allow_blank=True)
    forced = serializers.BooleanField(default=False)
