"""What is asked of a coin depends on what kind of coin it is: its scope, and each scope's questions."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from identify import decide
from identify.decide import Rule, Scores
from identify.ml.recogniser import Recogniser
from identify.ml.seeing import Seen
from identify.values import Answer, Candidate

# scope -> the network, and (field, head) for each question; the first one is the scope's own
NETWORKS = {"roman_imperial": "ancient", "tetrarchs": "ancient"}
QUESTIONS = {
    "roman_imperial": (("ruler", "ruler"), ("denomination", "denomination")),
    "tetrarchs": (("ruler", "tetrarch"),),
    "world": (("world_coin", "world_coin"),),
    "euro": (("face_value", "face_value"),),
    "us": (("us_denomination", "us_denomination"),),
    "us_cents": (("us_denomination", "us_denomination"),),
    "euro_commemoratives": (("face_value", "face_value"),),
}
# where no network of ours tells the sides apart, none is told
WITH_SIDES = ("roman_imperial", "tetrarchs", "euro", "us", "us_cents", "euro_commemoratives")


def network_of(scope: str) -> str:
    return NETWORKS.get(scope, "modern")


def scope_of(network: Recogniser, seen: Seen) -> Candidate:
    answer = decide.decide("scope", network.rules["scope"], scores(seen, "scope", seen.roles))
    return answer.candidates[0]


def scores(seen: Seen, head: str, sides: Sequence[str]) -> list[Scores]:
    rows = seen.agreed.get(head, seen.said[head])
    return [Scores(row, side) for row, side in zip(rows, sides, strict=True)]


def sides(network: Recogniser, seen: Seen) -> list[str]:
    """As people say; else as the network says, of two faces the likelier way round."""
    if all(seen.roles) or seen.scope.label not in WITH_SIDES:
        return list(seen.roles)
    rule = network.rules["side"]
    first = rule.labels.index("obverse")
    leaning = decide.softmax(seen.said["side"], rule.temperature)[:, first]
    if len(leaning) == 2:
        at = int(np.argmax(leaning))
        return ["obverse" if place == at else "reverse" for place in range(2)]
    return [
        role or ("obverse" if sure >= 0.5 else "reverse")
        for role, sure in zip(seen.roles, leaning, strict=True)
    ]


def answers(network: Recogniser, seen: Seen, known_sides: Sequence[str]) -> dict[str, Answer]:
    scope = seen.scope.label
    found = {
        field: decide.decide(
            field,
            rule_of(network, seen, head),
            scores(seen, head, known_sides),
            seen.measured,
            top=len(network.heads[head]),
        )
        for field, head in QUESTIONS[scope]
    }
    if scope in WITH_SIDES and len(seen.crops) == 1:
        side = decide.decide("side", network.rules["side"], scores(seen, "side", known_sides))
        found = {"side": side} | found
    return found


def rule_of(network: Recogniser, seen: Seen, head: str) -> Rule:
    rule = network.rules[head]
    return replace(rule, threshold=seen.limits.get(head, rule.threshold))


def unknown(network: Recogniser, seen: Seen) -> float:
    """Of the face that is best known: a worn reverse does not make a stranger of the coin."""
    head = QUESTIONS[seen.scope.label][0][1]
    return min(
        network.unknown(head, logits, vector)
        for logits, vector in zip(seen.said[head], seen.said["embedding"], strict=True)
    )
