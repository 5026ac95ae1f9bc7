import pytest

from catalog.pairing import BOTH, EDGE, OBVERSE, OTHER, REVERSE, face, group, guess


@pytest.mark.parametrize(
    ("name", "role", "key"),
    [
        ("trajan_obv.jpg", OBVERSE, "trajan"),
        ("trajan-Reverse.JPG", REVERSE, "trajan"),
        ("Trajan 12 avers.png", OBVERSE, "trajan 12"),
        ("Trajan 12 revers.png", REVERSE, "trajan 12"),
        ("12_o.jpg", OBVERSE, "12"),
        ("12_r.jpg", REVERSE, "12"),
        ("0012rev.tif", REVERSE, "0012"),
        ("box/12-Rückseite.jpg", REVERSE, "12"),
        ("box\\12 Vorderseite.jpg", OBVERSE, "12"),
        ("12 edge.jpg", EDGE, "12"),
        ("12 both.jpg", BOTH, "12"),
        ("IMG_0012.HEIC", "", "img 0012"),
        ("AV aureus of Nero.jpg", "", "av aureus of nero"),
        ("o.jpg", "", "o"),
        ("", "", ""),
    ],
)
def test_a_name_tells_the_face_and_the_coin(name, role, key):
    assert face(name) == (role, key)


def test_names_that_agree_but_for_the_face_are_one_coin():
    names = ["b_rev.jpg", "a_obv.jpg", "b_obv.jpg", "a_rev.jpg", "a_edge.jpg"]
    assert group(names) == [
        [(1, OBVERSE), (3, REVERSE), (4, EDGE)],
        [(2, OBVERSE), (0, REVERSE)],
    ]


def test_a_bare_name_beside_its_reverse_is_the_obverse():
    assert group(["12.jpg", "12_r.jpg"]) == [[(0, OBVERSE), (1, REVERSE)]]


def test_two_obverses_of_one_name_are_two_coins():
    assert group(["1_o.jpg", "1_o.jpg", "1_r.jpg"]) == [
        [(0, OBVERSE)],
        [(1, OBVERSE), (2, REVERSE)],
    ]


def test_names_that_tell_nothing_are_a_coin_each():
    assert group(["IMG_10.jpg", "IMG_9.jpg"]) == [[(1, "")], [(0, "")]]


def test_consecutive_photos_are_paired_in_the_order_of_their_names():
    names = ["IMG_10.jpg", "IMG_9.jpg", "IMG_11.jpg", "IMG_12.jpg", "IMG_13.jpg"]
    assert group(names, consecutive=True) == [
        [(1, OBVERSE), (0, REVERSE)],
        [(2, OBVERSE), (3, REVERSE)],
        [(4, OBVERSE)],
    ]


def test_pairs_by_name_are_left_out_of_the_pairs_by_order():
    names = ["IMG_1.jpg", "nero_obv.jpg", "IMG_2.jpg", "nero_rev.jpg"]
    assert group(names, consecutive=True) == [
        [(0, OBVERSE), (2, REVERSE)],
        [(1, OBVERSE), (3, REVERSE)],
    ]


def test_no_photo_is_lost_and_none_counted_twice():
    names = [f"{n % 7}_{'orx'[n % 3]}.jpg" for n in range(40)]
    for consecutive in (False, True):
        seen = [index for one in group(names, consecutive) for index, _role in one]
        assert sorted(seen) == list(range(40))


@pytest.mark.parametrize(
    ("name", "taken", "size", "role"),
    [
        ("IMG_1.jpg", [], (900, 900), OBVERSE),
        ("IMG_2.jpg", [OBVERSE], (900, 900), REVERSE),
        ("IMG_3.jpg", [OBVERSE, REVERSE], (900, 900), OTHER),
        ("IMG_1.jpg", [], (1800, 900), BOTH),
        ("IMG_1.jpg", [OBVERSE], (1800, 900), REVERSE),
        ("IMG_2.jpg", [BOTH], (900, 900), OTHER),
        ("nero_rev.jpg", [], (900, 900), REVERSE),
    ],
)
def test_one_more_photo_of_a_coin(name, taken, size, role):
    assert guess(name, taken, *size) == role
