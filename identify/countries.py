"""Countries of the labels in the reader's language: for his eyes alone. What is kept, compared and
exported is the label's own English name."""

from collections.abc import Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, to_locale

# As the labels spell them, and the tables of names do not
SPELT = {"Czech Republic": "CZ", "Turkey": "TR"}
# What the tables call it fills a line
SHORT: dict[str, Promise] = {"Hong Kong": gettext_lazy("Hong Kong")}


def told(name: str) -> str:
    """A country that no table knows keeps its name."""
    language = get_language() or "en"
    if language.startswith("en"):
        return name
    return str(SHORT.get(name) or names_in(language).get(name, name))


@cache
def names_in(language: str) -> Mapping[str, str]:
    from babel import Locale

    theirs = Locale.parse(to_locale(language)).territories
    codes = {name: code for code, name in Locale("en").territories.items()} | SPELT
    return {name: theirs[code] for name, code in codes.items() if code in theirs}
