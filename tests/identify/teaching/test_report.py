"""Figures of a taught network, and of two beside each other."""

import json

import numpy as np
import pytest

from identify.ml.teaching import Answers, compare, report


def answers(said: list[int], truth: list[int], **more) -> Answers:
    table = np.full((len(said), 3), 0.1)
    table[np.arange(len(said)), said] = 0.8
    paths = [f"{at}.jpg" for at in range(len(said))]
    return Answers(["a", "b", "c"], paths, paths, np.array(truth), table, **more)


def test_a_report_in_json():
    told = report(answers([0, 0, 1, 1, 0], [0, 0, 1, 1, 2], times={"seconds": 3.0}))
    assert json.loads(json.dumps(told)) == told
    assert told["top1"]["value"] == 0.8
    assert told["top1"]["low"] < 0.8 < told["top1"]["high"]
    assert told["macro_recall"]["value"] == pytest.approx(2 / 3)
    assert told["cross_entropy"] == pytest.approx(-(4 * np.log(0.8) + np.log(0.1)) / 5)
    assert told["calibration_error"] == pytest.approx(0)
    assert told["seconds"] == 3.0


def test_each_class_has_its_figures():
    told = report(answers([0, 0, 1, 1, 0], [0, 0, 1, 1, 2]))["per_class"]
    assert [one["support"] for one in told] == [2, 2, 1]
    assert told[0]["precision"]["value"] == pytest.approx(2 / 3)
    assert told[2]["recall"]["value"] == 0
    assert told[2]["precision"] is None


def test_confusions_come_with_their_photos():
    told = report(answers([0, 0, 1, 1, 0], [0, 0, 1, 1, 2]))
    assert told["confusions"] == [{"truth": "c", "said": "a", "count": 1, "photos": ["4.jpg"]}]
    assert told["confusion"] == [[0, 0, 2], [1, 1, 2], [2, 0, 1]]


def test_strangers_are_measured_where_there_are_any():
    assert report(answers([0, 1], [0, 1]))["unknown_auroc"] is None
    told = report(answers([0, 1], [0, 1], unknown=[0.1, 0.6], strangers=[0.5, 0.9]))
    assert told["unknown_auroc"] == 0.75


def test_nothing_examined_is_told_as_nothing():
    assert report(answers([], []))["count"] == 0


def test_two_runs_are_compared_on_the_same_photos():
    truth = [0, 1] * 10
    good, poor = report(answers(truth, truth)), report(answers([0] * 20, truth))
    told = compare(poor, good)
    assert (told["only_first_right"], told["only_second_right"]) == (0, 10)
    assert told["mcnemar"] == pytest.approx(2 / 1024)
    assert told["difference"]["value"] == 0.5
    assert told["difference"]["low"] > 0.2
    assert compare(good, good)["mcnemar"] == 1.0


def test_runs_on_other_photos_cannot_be_compared():
    assert compare(report(answers([0], [0])), {"answers": []}) == {"common": 0}
