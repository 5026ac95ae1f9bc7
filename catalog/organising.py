"""Forms and verbs for what a collector orders a collection by: places, tags and fields of one's own."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import search
from catalog.models import Coin, CustomField, Place, Tag, User
from catalog.models.trees import Node


@dataclass(frozen=True)
class NodeKind:
    model: type[Node]
    title: str | Promise
    lead: str | Promise
    example: str | Promise
    list_name: str
    filter: str


KINDS = {
    "place": NodeKind(
        Place,
        gettext_lazy("Storage places"),
        gettext_lazy("Where everything lies: a safe, its trays, the slots of a tray. Only you and "
                     "people you share with see this."),
        gettext_lazy("Safe › Tray 3 › B4"),
        "places",
        "place",
    ),
    "tag": NodeKind(
        Tag,
        gettext_lazy("Tags"),
        gettext_lazy("Words of your own, one inside the other if you like."),
        gettext_lazy("Roman › Silver"),
        "tags",
        "tag",
    ),
}  # fmt: skip


def nodes_of(model: type[Node]) -> Any:
    return model._default_manager


def with_counts(kind: NodeKind, owner: User) -> list[Any]:
    """The tree in order, each node with how many live coins it holds itself and below itself."""
    live = Count("coins", filter=Q(coins__deleted_at=None))
    rows = list(nodes_of(kind.model).filter(owner=owner).annotate(here=live).order_by("path"))
    rows.sort(key=lambda node: node.path.split(Node.SEPARATOR))
    by_path = {node.path: node for node in rows}
    for node in rows:
        node.total, node.depth = 0, node.path.count(Node.SEPARATOR)
    for node in rows:
        parts = node.path.split(Node.SEPARATOR)
        for length in range(1, len(parts) + 1):
            ancestor = by_path.get(Node.SEPARATOR.join(parts[:length]))
            if ancestor:
                ancestor.total += node.here
    return rows


class NewNodeForm(forms.Form):
    path = forms.CharField(max_length=500, label=gettext_lazy("New"))

    def clean_path(self) -> str:
        Node.names_in(self.cleaned_data["path"])
        return str(self.cleaned_data["path"])


class NodeForm(forms.Form):
    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    parent = forms.ModelChoiceField(
        Place.objects.none(),
        required=False,
        label=gettext_lazy("Inside"),
        empty_label=gettext_lazy("nothing: at the top"),
    )
    note = forms.CharField(max_length=300, required=False, label=gettext_lazy("Note"))

    def __init__(self, *args: Any, node: Node, **kwargs: Any) -> None:
        self.node = node
        note = getattr(node, "note", None)
        kwargs["initial"] = {"name": node.name, "parent": node.parent, "note": note}
        super().__init__(*args, **kwargs)
        if note is None:
            del self.fields["note"]
        inside = node.with_descendants().values("pk")
        others = nodes_of(type(node)).filter(owner=node.owner).exclude(pk__in=inside)
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        twins = nodes_of(type(self.node)).filter(
            owner=self.node.owner, parent=cleaned.get("parent"), name=cleaned.get("name")
        )
        if twins.exclude(pk=self.node.pk).exists():
            raise ValidationError(_("There is one of this name already. Choose another name."))
        return cleaned

    @transaction.atomic
    def save(self) -> None:
        self.node.name, self.node.parent = self.cleaned_data["name"], self.cleaned_data["parent"]
        if "note" in self.cleaned_data:
            self.node.note = self.cleaned_data["note"]  # type: ignore[attr-defined]
        self.node.save()
        reindex(self.node)


def coins_below(node: Node) -> "Any":
    inside = node.with_descendants().values("pk")
    name = "place__in" if isinstance(node, Place) else "tags__in"
    return Coin.objects.filter(**{name: inside}).distinct()


def reindex(node: Node) -> None:
    search.index_ids(list(coins_below(node).values_list("pk", flat=True)))


@transaction.atomic
def remove(node: Node) -> int:
    """Takes the node and what is below it away; its coins stay, without it."""
    coins = list(coins_below(node).values_list("pk", flat=True))
    node.delete()
    search.index_ids(coins)
    return len(coins)


class CustomFieldForm(forms.ModelForm):
    options = forms.CharField(
        required=False,
        label=gettext_lazy("Options"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For a choice: one option a line."),
    )

    class Meta:
        model = CustomField
        fields = ("name", "kind", "options")

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        if self.instance.pk:
            # values that are stored already would no longer be what the field says
            self.fields["kind"].disabled = True
            self.initial["options"] = "\n".join(self.instance.options)

    def clean_options(self) -> list[str]:
        lines = self.cleaned_data["options"].splitlines()
        return list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == CustomField.Kind.CHOICE and not cleaned.get("options"):
            self.add_error("options", _("A choice needs options: write one a line."))
        return cleaned

    def save(self, commit: bool = True) -> CustomField:
        field: CustomField = super().save(commit=False)
        if not field.pk:
            field.owner = self.owner
            field.key = free_key(self.owner, field.name)
            field.position = self.owner.custom_fields.count()
        field.save()
        return field


def free_key(owner: User, name: str) -> str:
    base = slugify(name)[:32].replace("-", "_") or "field"
    taken = set(owner.custom_fields.values_list("key", flat=True))
    return next(
        k for n in range(1, 10_000) if (k := base if n == 1 else f"{base}_{n}") not in taken
    )
