"""What becomes of a class: renamed, merged, split. Each person's word stays his word and keeps its day; it
is withdrawn under the old name and stands again under the new one, and points to the change."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalog.models import User
from catalog.refusals import Refusal, gettext_noop
from identify.models import ClassChange, Gold, Label

Action = ClassChange.Action


@transaction.atomic
def rename(field: str, old: str, new: str, by: User) -> ClassChange:
    """To a name that is used already is a merge, and is called so."""
    new = cleaned(new)
    if new == old:
        raise Refusal("same_name", gettext_noop("That is its name already."))
    if Label.objects.standing().filter(field=field, value=new).exists():
        template = gettext_noop("“%(name)s” is there already. Merge the two instead.")
        raise Refusal("taken", template, name=new)
    return revalued(Action.RENAME, field, {old: new}, by)


@transaction.atomic
def merge(field: str, classes: Sequence[str], into: str, by: User) -> ClassChange:
    into = cleaned(into)
    gone = [name for name in dict.fromkeys(classes) if name != into]
    if not gone:
        raise Refusal("nothing_to_merge", gettext_noop("Choose another class to merge it into."))
    return revalued(Action.MERGE, field, dict.fromkeys(gone, into), by)


@transaction.atomic
def split(field: str, old: str, parts: Mapping[int, str], by: User) -> ClassChange:
    """`parts` says for each photo which class it is now; the others keep the old one."""
    parts = {photo: cleaned(name) for photo, name in parts.items() if name.strip()}
    if not parts:
        raise Refusal("nothing_to_split", gettext_noop("Say for at least one photo what it is."))
    change = ClassChange.objects.create(
        field=field, action=Action.SPLIT, before=[old], after=sorted({old, *parts.values()}), by=by
    )
    labels = Label.objects.standing().filter(field=field, value=old, photo__in=parts)
    return moved(change, [(label, parts[label.photo_id]) for label in labels])


def cleaned(name: str) -> str:
    name = " ".join(name.split())[:400]
    if not name:
        raise Refusal("no_name", gettext_noop("A class needs a name."))
    return name


def revalued(action: str, field: str, names: Mapping[str, str], by: User) -> ClassChange:
    change = ClassChange.objects.create(
        field=field, action=action, before=list(names), after=sorted(set(names.values())), by=by
    )
    labels = Label.objects.standing().filter(field=field, value__in=names)
    return moved(change, [(label, names[label.value]) for label in labels])


def moved(change: ClassChange, labels: Sequence[tuple[Label, str]]) -> ClassChange:
    """What somebody was shown goes along, or his word would seem to deny its own new name."""
    if not labels:
        raise Refusal("no_labels", gettext_noop("Nobody has used this class."))
    old = Q(pk__in=[label.pk for label, _value in labels])
    Label.objects.filter(old).update(withdrawn_at=timezone.now(), withdrawn_by=change.by)
    Label.objects.bulk_create(
        Label(
            photo_id=label.photo_id, field=label.field, value=value, by_id=label.by_id, at=label.at,
            how=label.how, suggestion_id=label.suggestion_id, change=change,
            shown=value if label.shown == label.value else label.shown,
        )
        for label, value in labels
    )  # fmt: skip
    for label, value in labels:
        gold = Gold.objects.filter(photo=label.photo_id, field=label.field, retired_at=None)
        gold.filter(value=label.value).update(value=value)
    change.count = len(labels)
    change.save(update_fields=["count"])
    return change
