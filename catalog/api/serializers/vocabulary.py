from rest_framework import serializers

from catalog.api.serializers.fields import Named
from catalog.models import (
    Authority,
    Catalogue,
    CoinType,
    Denomination,
    Issue,
    Metal,
    Mint,
    Region,
    TypeReference,
)

TERM = ["id", "name", "names", "aliases", "nomisma_id", "uri"]


class TermSerializer(serializers.ModelSerializer):
    names = serializers.DictField(child=serializers.CharField(), read_only=True)
    aliases = serializers.ListField(child=serializers.CharField(), read_only=True)
    uri = serializers.CharField(
        read_only=True, help_text="At nomisma.org, where it is known there."
    )


class AuthoritySerializer(TermSerializer):
    class Meta:
        model = Authority
        fields = [*TERM, "kind", "reign_from", "reign_to", "dynasty"]


class DenominationSerializer(TermSerializer):
    class Meta:
        model = Denomination
        fields = [*TERM, "metal", "face_value", "currency", "weight_low", "weight_high"]


class MintSerializer(TermSerializer):
    class Meta:
        model = Mint
        fields = [*TERM, "region", "latitude", "longitude", "mark"]


class MetalSerializer(TermSerializer):
    class Meta:
        model = Metal
        fields = [*TERM, "code", "is_precious"]


class RegionSerializer(TermSerializer):
    class Meta:
        model = Region
        fields = [*TERM, "parent", "country_code"]


class CatalogueSerializer(TermSerializer):
    class Meta:
        model = Catalogue
        fields = [*TERM, "code", "url_pattern"]


class TypeReferenceSerializer(serializers.ModelSerializer):
    class Meta:
        model = TypeReference
        fields = ["catalogue", "text"]


class IssueSerializer(serializers.ModelSerializer):
    class Meta:
        model = Issue
        fields = ["id", "year", "mint_mark", "variety", "mint", "mintage"]


class CoinTypeSerializer(serializers.ModelSerializer):
    """A reference type. Its weight and diameter are the standard, never those of one coin."""

    authority = Named(read_only=True, allow_null=True)
    denomination = Named(read_only=True, allow_null=True)
    mint = Named(read_only=True, allow_null=True)
    metal = Named(read_only=True, allow_null=True)
    region = Named(read_only=True, allow_null=True)
    references = TypeReferenceSerializer(many=True, read_only=True)

    class Meta:
        model = CoinType
        fields = [
            "id", "key", "title", "series", "authority", "denomination", "mint", "metal", "region",
            "year_from", "year_to", "is_circa", "native_date", "obverse_legend", "obverse_design",
            "reverse_legend", "reverse_design", "weight", "diameter", "references", "uri",
        ]  # fmt: skip
