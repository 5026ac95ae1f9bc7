"""What somebody typed, in the words that the model uses: “10 euro cent” is the class `10c`."""

from collections.abc import Iterable, Mapping

from catalog.models import Authority
from identify import attribution, labels
from identify.models.labels import Label


def label_for(field: str, said: Mapping[str, str], known: Iterable[str] = ()) -> str:
    """The known label that says the same; else what was typed, in the order of the field's parts."""
    wanted = {name: labels.fold(text) for name, text in said.items() if text.strip()}
    for label in dict.fromkeys([*known, *standard(field)]):
        if wanted in folded(field, label):
            return label
    order = [name for name in attribution.targets(field) if name in said]
    return "|".join(" ".join(said[name].split()) for name in order if said[name].strip())


def folded(field: str, label: str) -> list[dict[str, str]]:
    """As the label has it, and as whoever typed it reads it."""
    return [
        {name: labels.fold(text) for name, text in said.items() if text}
        for said in (attribution.texts(field, label), attribution.shown_texts(field, label))
    ]


def standard(field: str) -> list[str]:
    """Classes whose names are no words."""
    if field == "us_denomination":
        return list(attribution.US)
    if field == "face_value":
        return [label for group in labels.EURO_COLOURS.values() for label in group]
    return []


def label_named(field: str, text: str, offered: Iterable[str] = ()) -> str:
    """What somebody wrote in one line, as a class: one that is called so, or that people call so; an
    authority by any of its names; else what he wrote."""
    wanted = labels.fold(text)
    if not wanted:
        return ""
    for label in dict.fromkeys([*offered, *known(field)]):
        if wanted in map(labels.fold, spellings(field, label)):
            return label
    term = Authority.objects.filter(added_by=None).named(text).first() if field == "ruler" else None
    return term.name if term else " ".join(text.split())[:400]


def spellings(field: str, label: str) -> tuple[str, ...]:
    """What it is called: by the models, by people, and on the reader's page."""
    return label, attribution.told(field, label), attribution.shown(field, label)


def known(field: str) -> list[str]:
    """Classes that somebody has used or the model could say, by the alphabet."""
    from identify.labelling import inservice  # which knows versions, and those know labels

    used = Label.objects.standing().filter(field=field).order_by().values_list("value", flat=True)
    return sorted({*used.distinct(), *inservice.classes(field), *standard(field)})
