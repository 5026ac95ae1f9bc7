from rest_framework import serializers

from catalog.models import Export, ImportSession


class ImportSessionSerializer(serializers.ModelSerializer):
    class Meta:
        model = ImportSession
        fields = [
            "id", "collection", "name", "preset", "state", "failure", "total", "done", "refused",
            "created_at", "started_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields


class ExportSerializer(serializers.ModelSerializer):
    has_file = serializers.BooleanField(source="file", read_only=True)

    class Meta:
        model = Export
        fields = [
            "id", "kind", "query", "name", "size", "state", "failure", "total", "done", "has_file", "created_at",
            "finished_at",
        ]  # fmt: skip
        read_only_fields = fields
