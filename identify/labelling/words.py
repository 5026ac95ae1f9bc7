"""What somebody typed, in the words that the model uses: “10 euro cent” is the class `10c`."""

from collections.abc import Iterable, Mapping

from identify import attribution, labels


def label_for(field: str, said: Mapping[str, str], known: Iterable[str] = ()) -> str:
    """The known label that says the same; else what was typed, in the order of the field's parts."""
    wanted = {name: labels.fold(text) for name, text in said.items() if text.strip()}
    for label in dict.fromkeys([*known, *standard(field)]):
        if folded(field, label) == wanted:
            return label
    order = [name for name in attribution.targets(field) if name in said]
    return "|".join(" ".join(said[name].split()) for name in order if said[name].strip())


def folded(field: str, label: str) -> dict[str, str]:
    return {
        name: labels.fold(text) for name, text in attribution.texts(field, label).items() if text
    }


def standard(field: str) -> list[str]:
    """Classes whose names are no words."""
    if field == "us_denomination":
        return list(attribution.US)
    if field == "face_value":
        return [label for group in labels.EURO_COLOURS.values() for label in group]
    return []
