from rest_framework import serializers

from catalog.models import ApiToken, User


class MeSerializer(serializers.ModelSerializer):
    """Who is calling, and what this token may do (a browser's session may write)."""

    language = serializers.CharField(read_only=True, help_text="Empty: as the browser asks.")
    scope = serializers.ChoiceField(ApiToken.Scope.choices, read_only=True)

    class Meta:
        model = User
        fields = ["id", "username", "language", "currency", "scope"]
        read_only_fields = fields
