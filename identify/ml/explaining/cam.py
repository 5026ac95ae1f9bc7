"""Grad-CAM (Selvaraju and others, 2017): the last feature maps, each weighed by how much the answer would
gain from more of it."""

from typing import Any

from identify.ml.explaining.looking import NotExplainable, Score

SHIFTS = 3  # along each side; odd, so that one of them is none


def grad_cam(network: Any, pictures: Any, score: Score) -> Any:
    """As coarse as the last feature maps are."""
    import torch

    maps: list[Any] = []

    def note(_module: Any, _inputs: Any, output: Any) -> None:
        # modules that hold others end after them, so the last one is what the pooling is given
        if torch.is_tensor(output) and output.dim() == 4 and min(output.shape[2:]) > 1:
            maps.append(output)

    hooks = [module.register_forward_hook(note) for module in network.modules()]
    try:
        with torch.enable_grad():
            # also where all of the network is frozen there must be something to derive by
            total = score(network(pictures.requires_grad_(True))).sum()
    finally:
        for hook in hooks:
            hook.remove()
    if not maps:
        raise NotExplainable("This network has no feature maps to look at.")
    last = maps[-1]
    [slope] = torch.autograd.grad(total, last)
    weights = slope.mean((2, 3), keepdim=True)
    return (weights * last).sum(1).clamp(min=0).detach()


def fine_grad_cam(network: Any, pictures: Any, score: Score, shifts: int = SHIFTS) -> Any:
    """A map of six by six squares says little of a coin. So the picture is shown several times, each time
    moved by a part of a square, and the maps, moved back, are averaged."""
    height, width = pictures.shape[2:]
    straight = grad_cam(network, pictures, score)
    strides = (height / straight.shape[1], width / straight.shape[2])
    total = enlarged(straight, height, width)
    parts = [(one - (shifts - 1) / 2) / shifts for one in range(shifts)]
    steps = [(round(strides[0] * y), round(strides[1] * x)) for y in parts for x in parts]
    for down, right in [step for step in steps if step != (0, 0)]:
        found = grad_cam(network, moved(pictures, down, right), score)
        total += moved(enlarged(found, height, width), -down, -right)
    return total[:, 0] / len(steps)


def enlarged(heat: Any, height: int, width: int) -> Any:
    from torch.nn import functional as F

    return F.interpolate(heat[:, None], (height, width), mode="bilinear", align_corners=False)


def moved(pictures: Any, down: int, right: int) -> Any:
    """What comes in from outside repeats the edge, as the crops themselves do."""
    import torch

    height, width = pictures.shape[2:]
    rows = (torch.arange(height) - down).clamp(0, height - 1)
    columns = (torch.arange(width) - right).clamp(0, width - 1)
    return pictures[:, :, rows][:, :, :, columns].detach().contiguous()
