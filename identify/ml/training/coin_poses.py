"""Teaches the locator how coins lie, on scenes of which we know it."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from identify.ml.commemoratives.network import (
    LOCATOR_ENDS,
    SIDE,
    Locator,
    torch_locator,
    weights_of,
)
from identify.ml.commemoratives.pose import CANONICAL, Pose, pose_of, projection_of
from identify.ml.training.coin_photos import scene
from identify.ml.training.coin_sets import Coins, all_small
from identify.values import Pixels

BATCH = 64
WAYS = 8  # a scene may be turned by quarters and mirrored: a disc is a disc
CHECKED = 300  # scenes that are not taught
STEP = 2e-3
Tell = Callable[[str], Any]


def train(coins: Coins, scenes: int, steps: int, seed: int, tell: Tell) -> tuple[Locator, Pose]:
    """And how far it is off, number by number, when it looks twice."""
    import torch

    dice = np.random.default_rng(seed)
    torch.manual_seed(seed)
    taught = all_small(coins.pictures[at] for at in coins.taught)
    drawn = [drawn_scene(taught, coins.others, dice) for _one in range(scenes + CHECKED)]
    tell(f"{scenes} scenes")
    pictures, poses = np.stack([one for one, _pose in drawn]), [pose for _one, pose in drawn]
    turned = np.array([[laid(pose, way) for way in range(WAYS)] for pose in poses])
    network = torch_locator().train()
    optimizer = torch.optim.AdamW(network.parameters(), STEP, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 2 * STEP, total_steps=steps, pct_start=0.1
    )
    straight = torch.from_numpy(CANONICAL).float()
    for step in range(steps):
        at, way = dice.integers(0, scenes, BATCH), int(dice.integers(WAYS))
        seen = torch.from_numpy(np.ascontiguousarray(seen_from(pictures[at], way)))
        said = network(seen.permute(0, 3, 1, 2).float() / 127.5 - 1) + straight
        loss = apart(said, torch.from_numpy(turned[at, way]).float())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        pace.step()
        if step % 100 == 99:
            tell(f"locating, step {step + 1}: {float(loss):.4f}")
    locator = Locator(weights_of(network.eval(), LOCATOR_ENDS))
    off = np.array(poses[scenes:]) - locator.run(pictures[scenes:])
    spread = np.median(np.abs(off), axis=0) / 0.6745
    tell(f"off by {np.round(spread, 4).tolist()}")
    return locator, spread


def drawn_scene(
    taught: Sequence[Pixels], others: Sequence[Pixels], dice: np.random.Generator
) -> tuple[Pixels, Pose]:
    import cv2

    which = int(dice.integers(len(taught)))
    picture, pose = scene(taught[which], [*others, taught[which - 1]], dice)
    return np.asarray(
        cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8
    ), pose


def seen_from(pictures: NDArray[np.uint8], way: int) -> NDArray[np.uint8]:
    turned = np.rot90(pictures, way % 4, (1, 2))
    return turned[:, :, ::-1] if way >= 4 else turned


def laid(pose: Pose, way: int) -> Pose:
    """The same pose seen from there."""
    quarter = np.array([[0, 1, 0], [-1, 0, 0], [0, 0, 1]], float)
    turn = np.linalg.matrix_power(quarter, way % 4)
    mirror = np.diag([-1.0, 1, 1]) if way >= 4 else np.eye(3)
    return pose_of(mirror @ turn @ projection_of(pose))


def apart(said: Any, truth: Any) -> Any:
    """How far points of the disc lie from where they should, in halves of the picture."""
    import torch

    angle = torch.arange(16) * (2 * torch.pi / 16)
    rim = torch.stack([torch.cos(angle), torch.sin(angle)])
    disc = torch.cat([rim, rim[:, ::2] * 0.55, torch.zeros(2, 1)], 1)
    return (places(said, disc) - places(truth, disc)).norm(dim=1).mean()


def places(poses: Any, disc: Any) -> Any:
    import torch

    x, y, size, along, across, toward_x, toward_y = (one[:, None] for one in poses.unbind(1))
    scale = size.exp() / (1 + toward_x * disc[0] + toward_y * disc[1])
    return torch.stack([
        x + scale * ((1 + along) * disc[0] + across * disc[1]),
        y + scale * (across * disc[0] + (1 - along) * disc[1]),
    ], 1)  # fmt: skip
