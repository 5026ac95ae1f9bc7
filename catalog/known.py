"""Which words, places and tags a person may meet by name: one's own, and of other people's those that
coins of shared collections have. The rest of their cabinets is not shared."""

from collections.abc import Iterable

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from catalog.access import Visitor
from catalog.models import Coin, CoinType, Place
from catalog.models.trees import Node


def words(model: type[Model], user: Visitor, collections: Iterable[int]) -> QuerySet:
    name = "type" if model is CoinType else str(model._meta.model_name)
    shared = Coin.objects.filter(collection__in=collections, **{name: OuterRef("pk")})
    own = Q(added_by=None) | Q(added_by=user.pk)
    return model._default_manager.filter(own | Q(Exists(shared)))


def nodes(model: type[Node], user: Visitor, collections: Iterable[int]) -> QuerySet:
    """With what is above them, for a filter asks for a safe with all its trays."""
    used = Coin.objects.filter(collection__in=collections)
    links = used if model is Place else Coin.tags.through._default_manager.filter(coin__in=used)
    name = "place" if model is Place else "tag"
    inside = links.alias(path=F(f"{name}__path")).filter(
        Q(**{name: OuterRef("pk")})
        | Q(path__startswith=Concat(OuterRef("path"), Value(Node.SEPARATOR))),
        **{f"{name}__owner": OuterRef("owner")},
    )
    return model._default_manager.filter(Q(owner=user.pk) | Q(Exists(inside)))
