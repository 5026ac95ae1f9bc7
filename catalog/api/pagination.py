"""Pages by cursor: a page starts after a row, not after a number of rows, so that nothing is shown
twice or left out while coins come and go. Unlike DRF's own, this one knows rows without a value
(they come last) and any number of rows with the same value."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db.models import F, Field, Model, OrderBy, Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

if TYPE_CHECKING:  # DRF's views import this module
    from rest_framework.views import APIView

SALT = "catalog.api.cursor"


@dataclass(frozen=True)
class Ordering:
    """By `path`, then by primary key in the same direction."""

    name: str
    path: str
    descending: bool
    field: "Field[Any, Any]"
    nullable: bool

    @classmethod
    def of(cls, model: type[Model], name: str, path: str) -> "Ordering":
        nullable = False
        field: Any = model._meta.pk
        for step in path.split("__"):
            field = model._meta.get_field(step)
            nullable = nullable or field.null
            model = field.related_model or model
        return cls(name, path, name.startswith("-"), field, nullable)

    def order_by(self, backward: bool) -> list[OrderBy]:
        descending = self.descending != backward
        far_end = {"nulls_first": True} if backward else {"nulls_last": True}
        nulls = far_end if self.nullable else {}
        return [
            OrderBy(F(self.path), descending=descending, **nulls),
            OrderBy(F("pk"), descending=descending),
        ]

    def beyond(self, value: Any, pk: int, backward: bool) -> Q:
        """The rows after this one, or before it; without a value is the far end."""
        sign = "lt" if self.descending != backward else "gt"
        further = Q(**{f"pk__{sign}": pk})
        empty = Q(**{f"{self.path}__isnull": True})
        if value is None:
            same = empty & further
            return same | ~empty if backward else same
        same = Q(**{self.path: value}) & further
        different = Q(**{f"{self.path}__{sign}": value})
        if self.nullable and not backward:
            different |= empty
        return different | same

    def value_of(self, row: Any) -> str | None:
        for step in self.path.split("__"):
            row = getattr(row, step) if row is not None else None
        return None if row is None else str(row)


class ByCursor(BasePagination):
    page_size = 50
    max_page_size = 200

    def paginate_queryset(
        self, queryset: Any, request: Request, view: "APIView | None" = None
    ) -> list[Any]:
        self.request = request
        self.size = self.read_size(request)
        self.order = self.read_order(queryset.model, request, view)
        self.cursor = self.read_cursor(request)
        self.backward = bool(self.cursor and self.cursor["back"])
        queryset = queryset.order_by(*self.order.order_by(self.backward))
        if self.cursor:
            value = self.cursor["value"]
            value = None if value is None else self.order.field.to_python(value)
            queryset = queryset.filter(self.order.beyond(value, self.cursor["pk"], self.backward))
        rows = list(queryset[: self.size + 1])
        self.more, self.rows = len(rows) > self.size, rows[: self.size]
        if self.backward:
            self.rows.reverse()
        return self.rows

    def read_size(self, request: Request) -> int:
        text = request.query_params.get("page_size", "")
        if not text:
            return self.page_size
        if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= self.max_page_size:
            return int(text)
        message = _("Write a whole number from 1 to %(high)s.") % {"high": self.max_page_size}
        raise ValidationError({"page_size": [message]})

    def read_order(self, model: type[Model], request: Request, view: Any) -> Ordering:
        known = orderings(view)
        name = request.query_params.get("ordering", "") or default_ordering(view)
        if name.removeprefix("-") not in known:
            options = ", ".join(sorted(known))
            message = _("Order by one of these, with - in front for downwards: %(options)s.")
            raise ValidationError({"ordering": [message % {"options": options}]})
        return Ordering.of(model, name, known[name.removeprefix("-")])

    def read_cursor(self, request: Request) -> dict[str, Any] | None:
        text = request.query_params.get("cursor", "")
        if not text:
            return None
        try:
            cursor = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            cursor = {}
        if cursor.get("by") != self.order.name:
            message = _("This cursor is not of this list. Start again without one.")
            raise ValidationError({"cursor": [message]})
        return cursor

    def link(self, row: Model, back: bool) -> str:
        cursor = signing.dumps(
            {"by": self.order.name, "back": back, "value": self.order.value_of(row), "pk": row.pk},
            salt=SALT,
        )
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor)

    def get_paginated_response(self, data: Any) -> Response:
        following = self.more if not self.backward else True
        before = self.more if self.backward else self.cursor is not None
        return Response(
            {
                "next": self.link(self.rows[-1], False) if self.rows and following else None,
                "previous": self.link(self.rows[0], True) if self.rows and before else None,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "nullable": True, "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        names = sorted(orderings(view))
        whole = {"type": "integer", "minimum": 1, "maximum": self.max_page_size}
        return [
            parameter("cursor", "Where the page starts: taken from `next` or `previous`."),
            parameter("page_size", "Rows on a page.", whole | {"default": self.page_size}),
            parameter(
                "ordering",
                f"Downwards with - in front. Without it: `{default_ordering(view)}`.",
                {"type": "string", "enum": [sign + name for name in names for sign in ("", "-")]},
            ),
        ]


def parameter(name: str, text: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    schema = schema or {"type": "string"}
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}


def orderings(view: Any) -> dict[str, str]:
    """What a list may be ordered by: the name in the address → the path in the database."""
    return getattr(view, "orderings", None) or {"id": "id"}


def default_ordering(view: Any) -> str:
    return getattr(view, "default_ordering", "") or next(iter(orderings(view)))
