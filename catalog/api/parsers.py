import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class PlainJSONParser(JSONParser):
    """Refuses at the door what JSON can say and no database keeps: NUL, which PostgreSQL refuses, and
    half a character, which nobody can encode, not even the refusal that quotes it."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
            plain = is_plain(data)
        except RecursionError:
            raise ParseError(_("There are too many lists within lists.")) from None
        if not plain:
            raise ParseError(_("There are characters in it that no database keeps."))
        return data


def is_plain(data: Any) -> bool:
    if isinstance(data, dict):
        return all(is_plain(name) and is_plain(value) for name, value in data.items())
    if isinstance(data, list):
        return all(is_plain(value) for value in data)
    return not isinstance(data, str) or UNKEEPABLE.search(data) is None
