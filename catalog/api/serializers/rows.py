"""What hangs on a coin in rows of its own. The forms of the coin's page decide what can be taken, and
`catalog.rows` keeps it, so that both doors refuse alike and the history tells of both."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from rest_framework import serializers

from catalog import rows
from catalog.api.serializers.fields import Fixed, Username, VisibleCoin
from catalog.models import Attachment, Provenance, Trade, Valuation


def currency(**kwargs: Any) -> serializers.RegexField:
    text = "Three letters of ISO 4217: EUR, USD …"
    return serializers.RegexField(r"^[A-Z]{3}\Z", help_text=text, **kwargs)


class RowSerializer(Fixed):
    kind_of_row = ""
    coin = VisibleCoin()

    def create(self, validated_data: dict[str, Any]) -> Any:
        model = rows.KINDS[self.kind_of_row].model
        return self.keep(model(coin=validated_data["coin"]), validated_data)

    def update(self, row: Any, validated_data: dict[str, Any]) -> Any:
        return self.keep(row, validated_data)

    def keep(self, row: Any, values: dict[str, Any]) -> Any:
        kind = rows.KINDS[self.kind_of_row]
        files = MultiValueDict(
            {name: [one] for name, one in values.items() if isinstance(one, UploadedFile)}
        )
        data = {name: getattr(row, name) for name in kind.form.base_fields if name not in files}
        form = kind.form({**data, **values}, files, instance=row if row.pk else None)
        if not form.is_valid():
            raise serializers.ValidationError(
                {name: [str(text) for text in texts] for name, texts in form.errors.items()}
            )
        rows.keep(row.coin, self.kind_of_row, form, self.context["request"].user)
        return form.instance


class TradeSerializer(RowSerializer):
    """A purchase is one tax lot; a name for it is made where none is given."""

    kind_of_row = "trade"
    currency = currency()

    class Meta:
        model = Trade
        fields = [
            "id", "coin", "kind", "date", "price", "currency", "fees", "shipping", "party", "sale",
            "lot", "tax_lot", "url", "note",
        ]  # fmt: skip
        extra_kwargs = {name: {"min_value": 0} for name in ("price", "fees", "shipping")}


class ValuationSerializer(RowSerializer):
    """Append-only: a new opinion is a new row."""

    kind_of_row = "valuation"
    currency = currency()
    by = Username()

    class Meta:
        model = Valuation
        fields = ["id", "coin", "date", "amount", "currency", "source", "note", "by", "at"]
        extra_kwargs = {"amount": {"min_value": 0}}


class ProvenanceSerializer(RowSerializer):
    kind_of_row = "provenance"

    class Meta:
        model = Provenance
        fields = ["id", "coin", "position", "holder", "event", "date", "lot", "url", "note"]
        read_only_fields = ["position"]


class MoveSerializer(serializers.Serializer):
    step = serializers.ChoiceField([-1, 1], help_text="-1 is one place up, towards the oldest.")


class AttachmentSerializer(RowSerializer):
    kind_of_row = "attachment"
    file = serializers.FileField(write_only=True, max_length=200)
    added_by = Username()

    class Meta:
        model = Attachment
        fields = ["id", "coin", "kind", "name", "file", "size", "sha256", "added_at", "added_by"]
        extra_kwargs = {"name": {"required": False, "allow_blank": True}}
