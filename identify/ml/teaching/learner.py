"""A body with one head, and the same as it is served: bytes of pictures in."""

from typing import Any

from identify.ml.teaching.bodies import Body

DROP = 0.2


def learner_of(body: Body, classes: int) -> Any:
    """Gives (embedding, logits) of pictures that are normalised already."""
    from torch import nn

    class Learner(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.body = body.network
            self.drop = nn.Dropout(DROP)
            self.head = nn.Linear(body.width, classes)

        def forward(self, pictures: Any) -> tuple[Any, Any]:
            seen = self.body(pictures)
            return seen, self.head(self.drop(seen))

    return Learner()


def served_of(learner: Any, body: Body) -> Any:
    import torch
    from torch import nn

    class Served(nn.Module):
        mean: torch.Tensor
        std: torch.Tensor

        def __init__(self) -> None:
            super().__init__()
            self.learner = learner
            self.register_buffer("mean", torch.tensor(body.mean).reshape(1, 3, 1, 1) * 255)
            self.register_buffer("std", torch.tensor(body.std).reshape(1, 3, 1, 1) * 255)

        def forward(self, pictures: torch.Tensor) -> tuple[Any, Any]:
            plain = pictures.permute(0, 3, 1, 2).float()
            said: tuple[Any, Any] = self.learner((plain - self.mean) / self.std)
            return said

    return Served().eval()


def plant(learner: Any, trained: float) -> list[Any]:
    """The last share of the body's layers learns, the others stay as they are. Gives those that learn."""
    weights = list(learner.body.parameters())
    first = round(len(weights) * (1 - trained))
    for at, part in enumerate(weights):
        part.requires_grad = at >= first
    return weights[first:]


def to_train(learner: Any, norms_learn: bool) -> None:
    """Batch norms of a trained network stay as they are: a batch of a few coins would spoil them."""
    from torch import nn

    learner.train()
    if not norms_learn:
        for module in learner.body.modules():
            if isinstance(module, nn.modules.batchnorm._BatchNorm):
                module.eval()
