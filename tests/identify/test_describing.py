"""What identify says of pictures that are no photos of coins of ours."""

from io import BytesIO
from typing import Any

import numpy as np

from catalog.describing import Bounds, Description, Seen
from catalog.models import Coin, Collection
from identify.describing import Describer
from identify.models import Embedding
from identify.values import Face, Opinion, Photographed
from tests.factories import draw_coin, make_coin, make_photo
from tests.identify.fakes import Fake, answer, opinion


def picture(letters: str = "A") -> BytesIO:
    return BytesIO(draw_coin(letters=letters))


def test_looks_and_what_is_said_aloud(fake: Fake) -> None:
    [told] = Describer().describe([picture()])
    [look] = told.looks
    assert (look.network, look.side) == ("fake-1", "obverse")
    assert np.frombuffer(look.vector, dtype="<f4").tolist() == list(range(8))
    assert told.shows == {
        "authority": Seen(("Trajan",), 0.97), "denomination": Seen(("Denarius",), 0.81),
    }  # fmt: skip


def test_one_of_two_rulers_is_two_names(fake: Fake) -> None:
    fake.says = opinion(fields={"ruler": answer(("Maximian or Galerius", 0.95))})
    [told] = Describer().describe([picture()])
    assert told.shows == {"authority": Seen(("Maximian", "Galerius"), 0.95)}


def test_what_it_is_not_sure_of_it_does_not_say(fake: Fake) -> None:
    unsure = {"ruler": answer(("Trajan", 0.4), abstained=True), "metal": answer(("Silver", 0.99))}
    for says in (opinion(fields=unsure), opinion("abstained"), opinion("failed")):
        fake.says = says
        [told] = Describer().describe([picture()])
        assert told.shows == {}


def test_two_faces_of_one_picture(fake: Fake) -> None:
    vector = np.ones(4, np.float32)
    fake.says = opinion(
        faces=(
            Face("picture", "obverse", (0.25, 0.5, 0.4), vector, network="ancient-1"),
            Face("picture", "reverse", (0.75, 0.5, 0.4), vector, network="ancient-1"),
            Face("picture"),
        )
    )
    [told] = Describer().describe([picture()])
    assert [(one.network, one.side) for one in told.looks] == [
        ("ancient-1", "obverse"), ("ancient-1", "reverse"),
    ]  # fmt: skip


def test_one_bad_picture_does_not_cost_the_others_theirs(fake: Fake) -> None:
    def says(coin: Photographed) -> Opinion:
        if coin.images[0].shape[0] == 200:
            raise RuntimeError("odd")
        return opinion()

    fake.says = says
    odd = BytesIO(draw_coin(size=200))
    told = Describer().describe([BytesIO(b"no picture"), odd, picture()])
    assert told[:2] == [Description(), Description()]
    assert "authority" in told[2].shows


def test_without_a_model_there_is_no_version(fake: Fake, settings: Any) -> None:
    assert Describer().version() == "fake-1"
    settings.IDENTIFY_PREDICTOR = "tests.identify.fakes.nobody"
    assert Describer().version() == ""


def test_a_coin_looks_like_its_photos(collection: Collection, coin: Coin) -> None:
    assert Describer().looks_of(coin) == []
    face = Face("x", "obverse", embedding=np.ones(4, np.float32), network="ancient-1")
    Embedding.keep(make_photo(coin).pk, face, "fake-1")
    [look] = Describer().looks_of(Coin.objects.get(pk=coin.pk))
    assert (look.network, look.side, len(look.vector)) == ("ancient-1", "obverse", 16)
    assert Describer().looks_of(make_coin(collection)) == []


def test_each_network_has_bounds_of_its_own() -> None:
    ancient, modern = (Describer().bounds_of(name) for name in ("ancient-1", "modern-1"))
    assert isinstance(ancient, Bounds)
    assert ancient != modern
