"""Which photos show one piece: those of one coin, and those of coins that a person has put together."""

from collections.abc import Iterable

from catalog.models import Photo
from identify.models.curation import SpecimenGroup


def groups_of(photos: Iterable[Photo]) -> dict[int, int]:
    """Photo -> the number of its specimen: the least of the coins that are one with it."""
    joined = confirmed()
    return {photo.pk: joined.get(photo.coin_id, photo.coin_id) for photo in photos}


def confirmed() -> dict[int, int]:
    """Coin -> the least coin it is one with. What is one with a third is one with each other."""
    through = SpecimenGroup.photos.through.objects.filter(
        specimengroup__state=SpecimenGroup.State.CONFIRMED
    )
    members: dict[int, set[int]] = {}
    for group, coin in through.values_list("specimengroup_id", "photo__coin_id"):
        members.setdefault(group, set()).add(coin)
    root: dict[int, int] = {}

    def find(coin: int) -> int:
        while root.setdefault(coin, coin) != coin:
            coin = root[coin]
        return coin

    for coins in members.values():
        least = min(find(coin) for coin in coins)
        for coin in coins:
            root[find(coin)] = least
    return {coin: find(coin) for coin in root}
