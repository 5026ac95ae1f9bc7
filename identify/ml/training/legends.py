"""Teaches the recogniser to read. It knows neither where strips come from nor where progress is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from identify.ml.legends import recogniser
from identify.ml.training.legend_strips import Deck, Plan
from identify.ml.training.legend_ways import ways_of

EVERY = 50  # steps between two reports
WORST = 6.0  # of a loss per sign


@dataclass(frozen=True)
class Progress:
    step: int
    loss: float


def targets(texts: Sequence[str]) -> tuple[Any, Any]:
    import torch

    coded = [[recogniser.SIGNS.index(sign) for sign in " ".join(text.split())] for text in texts]
    flat = torch.tensor([sign for text in coded for sign in text], dtype=torch.long)
    return flat, torch.tensor([len(text) for text in coded], dtype=torch.long)


def learn(network: Any, deck: Deck, plan: Plan) -> Iterator[tuple[Progress, Any]]:
    """Trains in place; yields now and then, with the averaged network, which is the one to keep."""
    import torch
    from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

    torch.manual_seed(plan.seed)
    network.to(memory_format=torch.channels_last)
    averaged = AveragedModel(
        network, multi_avg_fn=get_ema_multi_avg_fn(plan.average), use_buffers=False
    )
    losses: list[float] = []
    looks = {round(part * plan.steps) for part in plan.looks}
    for step, rate, begins in pace(plan):
        if begins:
            if step:
                network.load_state_dict(averaged.module.state_dict())
            optimiser = torch.optim.AdamW(network.parameters(), weight_decay=plan.decay)
        for group in optimiser.param_groups:
            group["lr"] = rate
        if step in looks:
            copy_buffers(network, averaged.module)
            deck.ways = ways_of(averaged.module, deck.early)
        network.train()
        # told where letters stand, the network finds out in minutes what "somewhere" takes hours to tell
        loss = loss_pointed(network, deck) if step < plan.pointed else loss_read(network, deck)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        averaged.update_parameters(network)
        losses.append(float(loss.detach()))
        if (step + 1) % EVERY == 0 or step + 1 == plan.steps:
            copy_buffers(network, averaged.module)
            yield Progress(step + 1, sum(losses) / len(losses)), averaged.module
            losses.clear()


def pace(plan: Plan) -> Iterator[tuple[int, float, bool]]:
    """Each step, its rate, and whether a round begins with it."""
    before = 0
    for steps, rate in plan.rounds:
        for step in range(steps):
            yield before + step, rate * rate_at(step, steps), step == 0
        before += steps


def loss_pointed(network: Any, deck: Deck) -> Any:
    import torch
    import torch.nn.functional as F

    strips, signs = deck.deal_drawn()
    shares = said(network, strips)
    weights = torch.full((len(recogniser.SIGNS),), 3.0)
    weights[0] = 1.0  # most places hold nothing
    return F.nll_loss(shares.flatten(0, 1), torch.from_numpy(signs).flatten(), weights)


def loss_read(network: Any, deck: Deck) -> Any:
    strips, texts = deck.deal()
    losses, sizes = losses_of(said(network, strips), texts)
    # a legend that is not to be read at all must not shout down the others
    return (losses / sizes).clamp(max=WORST).mean()


def losses_of(shares: Any, texts: Sequence[str]) -> tuple[Any, Any]:
    """Of each strip, and how many signs its text has."""
    import torch
    import torch.nn.functional as F

    flat, sizes = targets(texts)
    places = torch.full((len(texts),), recogniser.PLACES, dtype=torch.long)
    by_place = shares.permute(1, 0, 2)
    losses = F.ctc_loss(by_place, flat, places, sizes, reduction="none", zero_infinity=True)
    return losses, sizes


def said(network: Any, strips: Any) -> Any:
    import torch
    import torch.nn.functional as F

    seen = torch.from_numpy(strips)[:, None].contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        answer = network(seen)
    return F.log_softmax(answer.float(), dim=2)


def rate_at(step: int, steps: int, warm: int = 60) -> float:
    """Up quickly, level, and down over the last quarter."""
    if step < warm:
        return 0.05 + 0.95 * step / warm
    left = (steps - step) / (0.25 * steps)
    return min(1.0, max(0.01, left))


def copy_buffers(source: Any, kept: Any) -> None:
    """The norms' running means are averages already."""
    for mine, theirs in zip(source.buffers(), kept.buffers(), strict=True):
        theirs.copy_(mine)
