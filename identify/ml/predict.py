"""From photos of coins to opinions, one way:

photos -> look (discs) -> crops -> network -> scope -> the scope's network -> a second look -> decide -> readers -> opinion

Coins are looked at together, because a network answers for sixteen faces almost as fast as for one.
"""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from identify import decide
from identify.ml import scopes
from identify.ml.package import BrokenModel, NoModel, open_package
from identify.ml.readers import PACKAGES, Readers
from identify.ml.recogniser import Recogniser
from identify.ml.second_look import second_looks
from identify.ml.seeing import Seen, see
from identify.values import Candidate, Heat, Opinion, Photographed

__all__ = ["BrokenModel", "NoModel", "Shipped", "load"]


def load(folder: Path) -> "Shipped":
    """Raises NoModel or BrokenModel. All hashes are compared now, before anything is served."""
    return Shipped(folder)


class Shipped:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.networks = {name: Recogniser.load(folder, name) for name in ("modern", "ancient")}
        for name in PACKAGES:  # loaded when they are needed, but a broken one is refused now
            with suppress(NoModel):
                open_package(folder, name)
        self.second_looks = list(second_looks(folder, self.networks))
        asked = [*self.networks.values(), *(one.second for one in self.second_looks)]
        self.version = "+".join(one.version for one in asked)

    @cached_property
    def readers(self) -> Readers:
        return Readers(self.folder)

    @property
    def commemoratives(self) -> Any:
        """None where that part cannot be loaded."""
        return self.readers.commemoratives

    def torch_model(self, scope: str) -> Any:
        return self.networks[scopes.network_of(scope)].torch_model()

    def predict(
        self, coins: Sequence[Photographed], scope: str = "", top: int = 5, read: bool = True
    ) -> list[Opinion]:
        begun = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            seen = list(pool.map(see, coins))
        said = self.first_look(seen, scope)
        opinions = [self.opinion(one) for one in said]
        if read:
            opinions = self.readers.read(said, opinions, top)
        opinions = [settled(one, told, top) for one, told in zip(said, opinions, strict=True)]
        each = (time.perf_counter() - begun) / max(len(coins), 1)
        return [replace(one, seconds=round(each, 4), model=self.version) for one in opinions]

    def explain(self, coin: Photographed, scope: str, field: str, label: str) -> list[Heat]:
        """In torch, because gradients want it. The faces stand as in the opinion."""
        from identify.ml import explaining
        from identify.ml.explaining.looking import chosen
        from identify.ml.runtime import pixels_to_tensor

        network = self.networks[scopes.network_of(scope)]
        head = dict(scopes.QUESTIONS.get(scope, ())).get(field, "")
        outputs = chosen(network.heads.get(head, []), label)
        seen = see(coin)
        if not outputs or not seen.crops:
            return []
        pictures = pixels_to_tensor(np.stack(seen.crops_at(network.side)))
        score = partial(score_of, head=head, outputs=outputs)
        return explaining.heats_of(seen, explaining.heat_of(network.torch_model(), pictures, score))

    # --- networks ----------------------------------------------------------------
    def first_look(self, seen: list[Seen], scope: str) -> list[Seen]:
        """Which scope, where nobody said; then each coin by the network of its scope."""
        usable = [one for one in seen if one.crops]
        if not scope:
            self.run("modern", usable)
            for one in usable:
                one.scope = scopes.scope_of(self.networks["modern"], one)
        else:
            for one in usable:
                one.scope = Candidate(scope, 1.0)
        for name in self.networks:
            self.run(name, [one for one in usable if scopes.network_of(one.scope.label) == name])
        for second in self.second_looks:
            second.look(usable)
        return seen

    def run(self, name: str, seen: Sequence[Seen]) -> None:
        waiting = [one for one in seen if one.network != name]
        crops = [crop for one in waiting for crop in one.crops_at(self.networks[name].side)]
        if not crops:
            return
        said = self.networks[name].run(crops)
        start = 0
        for one in waiting:
            end = start + len(one.crops)
            one.network = name
            one.said = {head: values[start:end] for head, values in said.items()}
            start = end

    # --- deciding ----------------------------------------------------------------
    def opinion(self, seen: Seen) -> Opinion:
        if not seen.crops:
            return Opinion("abstained", reason=seen.reason, faces=tuple(seen.faces))
        network = self.networks[seen.network]
        sides = scopes.sides(network, seen)
        fields = scopes.answers(network, seen, sides)
        looked_at = len(seen.crops)  # faces that could not be looked at stand behind these
        faces = [
            replace(face, side=side, embedding=network.about(vector), network=network.version)
            for face, side, vector in zip(
                seen.faces[:looked_at], sides, seen.said["embedding"], strict=True
            )
        ]
        return Opinion(
            "suggested", scope=seen.scope, fields=fields,
            faces=(*faces, *seen.faces[looked_at:]),
            unknown=scopes.unknown(network, seen), remarks=tuple(seen.remarks),
        )  # fmt: skip


def score_of(said: Mapping[str, Any], head: str, outputs: Sequence[int]) -> Any:
    return said[head][:, outputs].sum(1)


def settled(seen: Seen, opinion: Opinion, top: int) -> Opinion:
    """Suggested, or abstained and why: known once the readers have had their say."""
    if not seen.crops:
        return opinion
    fields = {
        name: replace(one, candidates=one.candidates[:top]) for name, one in opinion.fields.items()
    }
    opinion = replace(opinion, fields=fields)
    state, reason = decide.state_of(opinion.fields, opinion.unknown)
    if state == "abstained" and reason == "unknown":
        quiet = {name: replace(one, abstained=True) for name, one in opinion.fields.items()}
        return replace(opinion, state=state, reason=reason, fields=quiet)
    return replace(opinion, state=state, reason=reason)
