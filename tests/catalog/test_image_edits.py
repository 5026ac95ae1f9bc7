import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.images import PLAIN, EditError, EditParams

parts = st.floats(0, 1)
circles = st.tuples(parts, parts, st.floats(0.01, 1))
boxes = st.tuples(st.floats(0, 0.4), st.floats(0, 0.4), st.floats(0.6, 1), st.floats(0.6, 1))
edits = st.builds(
    EditParams,
    rotate=st.floats(-180, 180),
    crop=st.none() | circles | boxes,
    brightness=st.floats(0.2, 3),
    contrast=st.floats(0.2, 3),
    sharpness=st.floats(0, 3),
    denoise=st.floats(0, 1),
    greyscale=st.booleans(),
    polar=st.booleans(),
)


@given(edits)
def test_json_there_and_back(edit: EditParams) -> None:
    assert EditParams.from_json(edit.to_json()) == edit
    assert EditParams.from_json(json.dumps(edit.to_json())) == edit
    assert EditParams.from_json(json.loads(json.dumps(edit.to_json()))).key() == edit.key()


def test_keys_are_short_stable_and_apart() -> None:
    assert PLAIN.key() == "plain"
    assert EditParams(crop=(0.5, 0.5, 0.4)).key() == EditParams(0, [0.5, 0.5, 0.40001]).key()  # type: ignore[arg-type]
    some = [EditParams(rotate=5), EditParams(rotate=-5), EditParams(contrast=1.1), PLAIN]
    assert len({edit.key() for edit in some}) == len(some)
    # renderings are found again by this name after an upgrade
    assert EditParams(rotate=90).key() == "e36657ae3282"
    old = {"rotate": 88.5, "brightness": 1.2, "contrast": 0.9, "crop": [0.5, 0.5, 0.4]}
    assert EditParams.from_json(old).to_json() == old
    assert EditParams.from_json(old).key() == "f484795a2b70"
    assert EditParams(polar=True).to_json() == {"polar": True}
    assert EditParams(sharpness=0).to_json() == {"sharpness": 0}


@pytest.mark.parametrize("nothing", ["", "{}", {}])
def test_nothing_is_the_plain_photo(nothing: object) -> None:
    assert EditParams.from_json(nothing) == PLAIN
    assert PLAIN.to_json() == {}


def test_turning_all_the_way_round_either_way_is_one_edit() -> None:
    assert EditParams(rotate=-180) == EditParams(rotate=180)
    assert EditParams(rotate=-0.0).key() == "plain"


@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        ("{", "json", "JSON"),
        ("[]", "json", "object"),
        (None, "json", "object"),
        ({"rotate": 181}, "range", "-180"),
        ({"brightness": 0}, "range", "brightness"),
        ({"contrast": 9}, "range", "contrast"),
        ({"sharpness": 3.1}, "range", "sharpness"),
        ({"sharpness": -1}, "range", "sharpness"),
        ({"denoise": 2}, "range", "denoise"),
        ({"denoise": True}, "number", "denoise"),
        ({"greyscale": 1}, "switch", "greyscale"),
        ({"polar": "yes"}, "switch", "polar"),
        ({"polar": None}, "switch", "polar"),
        ({"rotate": "90"}, "number", "rotate"),
        ({"rotate": True}, "number", "rotate"),
        ('{"rotate": NaN}', "number", "rotate"),
        ({"contrast": None}, "number", "contrast"),
        ({"zoom": 2}, "unknown", "zoom"),
        ({"crop": "middle"}, "crop", "three"),
        ({"crop": [0.5, 0.5]}, "crop", "three"),
        ({"crop": [0.5, 0.5, 0]}, "crop", "within"),
        ({"crop": [1.5, 0.5, 0.3]}, "crop", "within"),
        ({"crop": [0.5, 0, 0.5, 1]}, "crop", "leave something"),
        ({"crop": [-0.1, 0, 0.5, 1]}, "crop", "within"),
        ({"crop": [0.1, 0.1, "x"]}, "number", "crop"),
    ],
)
def test_refuses_and_says_why(value: object, code: str, says: str) -> None:
    with pytest.raises(EditError, match=says) as refused:
        EditParams.from_json(value)
    assert refused.value.code == code


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["rotate", "crop", "polar", "denoise", "x"]), inner)
    ),
)


@given(anything)
def test_any_json_is_an_edit_or_refused(value: object) -> None:
    try:
        edit = EditParams.from_json(value)
    except EditError:
        return
    assert EditParams.from_json(edit.to_json()) == edit
