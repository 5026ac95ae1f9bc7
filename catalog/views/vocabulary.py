from collections.abc import Callable
from typing import cast

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from catalog import known
from catalog.models import (
    Authority,
    Catalogue,
    CoinType,
    Collection,
    Denomination,
    Metal,
    Mint,
    Place,
    Region,
    Tag,
    User,
)
from catalog.models.vocabulary import Term, fold

TERMS: dict[str, type[Term]] = {
    "authority": Authority,
    "catalogue": Catalogue,
    "denomination": Denomination,
    "metal": Metal,
    "mint": Mint,
    "region": Region,
}
LIMIT = 12


@require_GET
def term_search(request: HttpRequest, kind: str) -> JsonResponse:
    """Words that begin like what somebody types, for the lists below the fields."""
    text, user = request.GET.get("q", "").strip(), cast(User, request.user)
    if kind in TERMS:
        words = terms(TERMS[kind], text, user)
    elif kind in OTHERS:
        words = OTHERS[kind](text, user)
    else:
        raise Http404
    return JsonResponse({"results": words})


def terms(model: type[Term], text: str, user: User) -> list[str]:
    mine = model.objects.known_to(user)
    begins = [str(term) for term in mine.filter(search_text__startswith=f"| {fold(text)}")[:LIMIT]]
    others = [str(term) for term in mine.matching(text)[: LIMIT * 2]]
    return list(dict.fromkeys([*begins, *others]))[:LIMIT]


def types(text: str, user: User) -> list[str]:
    if len(text) < 2:
        return []
    return list(
        CoinType.objects.known_to(user).matching(text).values_list("title", flat=True)[:LIMIT]
    )


def nodes(model: type[Place] | type[Tag]) -> Callable[[str, User], list[str]]:
    def search(text: str, user: User) -> list[str]:
        mine = list(Collection.objects.editable_by(user).values_list("pk", flat=True))
        found = known.nodes(model, user, mine).filter(path__icontains=text)
        return list(found.values_list("path", flat=True)[:LIMIT])

    return search


OTHERS: dict[str, Callable[[str, User], list[str]]] = {
    "type": types,
    "place": nodes(Place),
    "tag": nodes(Tag),
}
