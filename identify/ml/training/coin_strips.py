"""Teaches the network of faces: two photos of one coin have like maps at some turn, photos of two have not."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.ml.commemoratives.network import FACES_ENDS, MAP, Faces, torch_faces, weights_of
from identify.ml.commemoratives.pose import CANONICAL, Pose, strip_of
from identify.ml.training.coin_photos import strip_again
from identify.ml.training.coin_sets import Coins, all_small

STEP = 3e-3
SHARP = 24.0  # likeness is multiplied by it before the softmax
MARGIN = 0.08  # that the right one must lead by
JOINT = 0.6  # of the batches have many of one joint issue
OTHERS = 0.3  # of a batch are no commemoratives
CORE = 4  # rows of the map from the middle: what a joint issue has in common
JOINED = 0.5  # what that weighs against telling them apart
PLAIN = 0.5  # of the second photos are the reference picture as it is
Tell = Callable[[str], Any]


def train(
    coins: Coins, off: Pose, steps: int, batch: int, seed: int, struck: bool, tell: Tell
) -> Faces:
    """`struck`: learns from pieces struck and lit otherwise, too, and from what joint issues have in common. One network of
    each kind errs less than two of one kind."""
    import torch

    dice = np.random.default_rng(seed + 1)
    torch.manual_seed(seed + 1)
    pictures = [*all_small(coins.pictures), *coins.others]
    kinds = np.array([*coins.labels, *coins.kinds])
    series = np.array([*coins.series(), *(f"other {at}" for at in range(len(coins.others)))])
    network = torch_faces().train()
    optimizer = torch.optim.AdamW(network.parameters(), STEP, weight_decay=0.02)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 2 * STEP, total_steps=steps, pct_start=0.1
    )
    bank = Bank(len(coins.labels))
    for step in range(steps):
        chosen = choice(coins, batch, dice)
        first = [strip_again(pictures[at], off, dice, struck) for at in chosen]
        second = [
            strip_of(pictures[at], CANONICAL) if dice.random() < PLAIN else strip_again(pictures[at], off, dice, struck)
            for at in chosen
        ]  # fmt: skip
        maps = unit(network(torch.from_numpy(np.stack([*first, *second]))[:, None]))
        loss = loss_of(maps, kinds[chosen], chosen, bank)
        if struck:
            loss = loss + JOINED * core_loss(maps, series[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        pace.step()
        bank.note(chosen, maps[len(chosen) :])
        if step % 50 == 49:
            tell(f"comparing, step {step + 1}: {float(loss):.3f}")
    return Faces(weights_of(network.eval(), FACES_ENDS))


def choice(coins: Coins, batch: int, dice: np.random.Generator) -> NDArray[np.int64]:
    """Designs by number; behind them the other coins."""
    taught = np.array(coins.taught)
    some = dice.choice(len(coins.others), min(len(coins.others), round(batch * OTHERS)), False)
    wanted = batch - len(some)
    series = np.array(coins.series())[taught]
    joint = [one for one in np.unique(series) if (series == one).sum() > 1]
    first = np.zeros(0, int)
    if joint and dice.random() < JOINT:
        alike = taught[series == dice.choice(joint)]
        first = dice.permutation(alike)[: wanted * 2 // 3]
    rest = dice.permutation(np.setdiff1d(taught, first))[: wanted - len(first)]
    return np.concatenate([first, rest, some + len(coins.labels)])


class Bank:
    """What each design looked like when it was last seen: more to be told from than a batch holds."""

    def __init__(self, count: int) -> None:
        self.maps: dict[int, Any] = {}
        self.count = count

    def note(self, chosen: NDArray[np.int64], maps: Any) -> None:
        for at, one in zip(chosen.tolist(), maps.detach(), strict=True):
            if at < self.count:
                self.maps[at] = one

    def rest(self, chosen: NDArray[np.int64]) -> list[Any]:
        here = set(chosen.tolist())
        return [one for at, one in self.maps.items() if at not in here]


def loss_of(maps: Any, kinds: NDArray[Any], chosen: NDArray[np.int64], bank: Bank) -> Any:
    import torch
    from torch.nn import functional as F

    count = len(chosen)
    first, second = maps[:count], maps[count:]
    same_kind = torch.from_numpy((kinds[:, None] == kinds[None]) & ~np.eye(count, dtype=bool))
    right = torch.arange(count)
    both = likeness(first, second) - MARGIN * torch.eye(count)
    both = both.masked_fill(same_kind, -1.0)  # two photos of one kind may show one design
    rest = bank.rest(chosen)
    more = likeness(first, torch.stack(rest)) if rest else both[:, :0]
    forth = F.cross_entropy(SHARP * torch.cat([both, more], 1), right)
    return (forth + F.cross_entropy(SHARP * both.T, right)) / 2


def core_loss(maps: Any, series: NDArray[Any]) -> Any:
    """A joint issue has one design in its middle, and its pictures come from many photographers: the only
    real photos of one thing that there are."""
    import torch

    count = len(series)
    alone = np.eye(count, dtype=bool)
    same = torch.from_numpy((series[:, None] == series[None]) & ~alone)
    if not same.any():
        return maps.new_zeros(())
    cores = unit(maps[:, :, :CORE])
    said = SHARP * likeness(cores[:count], cores[count:])
    said = said.masked_fill(torch.from_numpy(alone), -SHARP)
    wrong = said.logsumexp(1, keepdim=True) - said
    return wrong[same].mean()


def unit(maps: Any) -> Any:
    return maps / maps.flatten(1).norm(dim=1)[:, None, None, None]


def likeness(first: Any, second: Any) -> Any:
    """Each with each, at the turn that suits best."""
    import torch

    ours, theirs = torch.fft.rfft(first, dim=3), torch.fft.rfft(second, dim=3)
    a, b = (
        one.flatten(1, 2).permute(2, 0, 1) for one in (ours, theirs)
    )  # frequency x map x number
    both = torch.fft.irfft((a @ b.conj().transpose(1, 2)).permute(1, 2, 0), MAP[1], dim=2)
    return both.amax(2)
