from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from market.models import Lot, LotFlag, Price, RawPage, Sale, Source
from market.wording import warning

TEXTS = {"type": "array", "items": {"type": "string"}}
MOST_TEXT = 500_000


class PriceSerializer(serializers.ModelSerializer):
    """`eur` and `usd` at the European Central Bank's rate of `fx_date`; null where there is none."""

    class Meta:
        model = Price
        fields = ["kind", "amount", "currency", "eur", "usd", "fx_date", "raw_text"]
        read_only_fields = fields


class SaleSerializer(serializers.ModelSerializer):
    class Meta:
        model = Sale
        fields = ["id", "house", "code", "title", "day"]
        read_only_fields = fields


class LotSerializer(serializers.ModelSerializer):
    """One lot of one sale: what it fetched, and what its text says of the coin. Words of the text are in
    English, whatever its language; null or empty is what it does not say. `pictures` are ids at
    `lot-pictures/`."""

    source = serializers.CharField(source="source.slug", read_only=True)  # type: ignore[assignment]
    sale = SaleSerializer(read_only=True, allow_null=True)
    mine = serializers.SerializerMethodField()
    prices = PriceSerializer(many=True, read_only=True)
    attributes = serializers.SerializerMethodField()
    references = serializers.SerializerMethodField()
    flags = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()
    pictures: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = Lot
        fields = [
            "id", "source", "mine", "sale", "source_lot_id", "lot_number", "url", "title", "description",
            "is_cut", "language", "image_url", "pictures", "status", "excluded_reason", "n_coins", "prices",
            "attributes", "references", "flags", "warnings", "first_seen", "last_seen",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "boolean"})
    def get_mine(self, lot: Lot) -> bool:
        return lot.owner_id is not None

    @extend_schema_field({"type": "object", "nullable": True, "additionalProperties": True})
    def get_attributes(self, lot: Lot) -> dict[str, Any] | None:
        known = getattr(lot, "attributes", None)
        if known is None:
            return None
        return {
            "ruler": known.ruler_text, "denomination": known.denomination_text, "mint": known.mint_text,
            "metal": known.metal, "year_from": known.date_from, "year_to": known.date_to,
            "weight": number(known.weight_g), "diameter": number(known.diameter_mm),
            "die_axis": known.axis_h, "grade": known.grade, "grade_ordinal": known.grade_ord,
            "service": known.service, "sheldon": known.sheldon, "has_pedigree": known.has_pedigree,
        }  # fmt: skip

    @extend_schema_field(TEXTS)
    def get_references(self, lot: Lot) -> list[str]:
        return [one.text for one in lot.references.all()]

    @extend_schema_field(TEXTS)
    def get_flags(self, lot: Lot) -> list[str]:
        flags: list[LotFlag] = [one for one in lot.flags.all() if not one.negated]
        return list(dict.fromkeys(one.flag for one in flags))

    @extend_schema_field(TEXTS)
    def get_warnings(self, lot: Lot) -> list[str]:
        return [warning(code, raw) for code, raw in lot.warnings]


def number(value: Any) -> str | None:
    return None if value is None else str(value)


class SourceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Source
        fields = [
            "id",
            "slug",
            "name",
            "host",
            "kind",
            "enabled",
            "terms_checked_on",
            "min_delay_s",
        ]
        read_only_fields = fields


class PageSerializer(serializers.ModelSerializer):
    """A page or a text as it came. `n_stated` is how many lots it says that it has."""

    source = serializers.CharField(source="source.slug", read_only=True)  # type: ignore[assignment]

    class Meta:
        model = RawPage
        fields = [
            "id", "source", "url", "sha256", "content_type", "size", "fetched_at", "parser_version",
            "parsed_at", "n_lots", "n_stated", "is_partial", "n_refused", "refusal",
        ]  # fmt: skip
        read_only_fields = fields


class PasteSerializer(serializers.Serializer):
    text = serializers.CharField(
        max_length=MOST_TEXT, help_text="One lot, or several with empty lines between them."
    )
    url = serializers.URLField(required=False, max_length=1000, help_text="Where it stands.")


class CountsSerializer(serializers.Serializer):
    """How many lots were new, changed, or known already."""

    new = serializers.IntegerField(read_only=True)
    changed = serializers.IntegerField(read_only=True)
    unchanged = serializers.IntegerField(read_only=True)
