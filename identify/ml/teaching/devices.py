"""Where the arithmetic is done: this processor, one graphics card, or several under `torchrun`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    device: str = "cpu"
    rank: int = 0
    world: int = 1
    half: str = ""  # bfloat16 or float16, where the card counts faster in them

    @property
    def leads(self) -> bool:
        return self.rank == 0

    def autocast(self) -> Any:
        import torch

        if not self.half:
            return nullcontext()
        return torch.autocast(self.device.partition(":")[0], getattr(torch, self.half))

    def scaler(self) -> Any:
        """Sixteen bits of float16 lose small gradients unless they are made larger first."""
        import torch

        return torch.amp.GradScaler(enabled=self.half == "float16")

    def shared(self, learner: Any) -> Any:
        if self.world == 1:
            return learner
        from torch.nn.parallel import DistributedDataParallel

        return DistributedDataParallel(learner)

    def told(self, value: Any) -> Any:
        """What the leader says, for all."""
        if self.world == 1:
            return value
        import torch.distributed as dist

        box = [value]
        dist.broadcast_object_list(box, src=0)
        return box[0]

    def wait(self) -> None:
        if self.world > 1:
            import torch.distributed as dist

            dist.barrier()


def place_for(wanted: str) -> Place:
    import torch

    rank, world = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
    has_card = torch.cuda.is_available()
    if wanted == "cpu" or (wanted == "auto" and not has_card):
        return Place("cpu", rank, world)
    device = wanted if wanted != "auto" else f"cuda:{os.environ.get('LOCAL_RANK', '0')}"
    if not device.startswith("cuda"):
        return Place(device, rank, world)
    half = "bfloat16" if torch.cuda.is_bf16_supported() else "float16"
    torch.cuda.set_device(device)
    return Place(device, rank, world, half)


@contextmanager
def joined(place: Place) -> Iterator[None]:
    if place.world == 1:
        yield
        return
    import torch.distributed as dist

    mine = not dist.is_initialized()
    if mine:
        dist.init_process_group("nccl" if place.device.startswith("cuda") else "gloo")
    try:
        yield
    finally:
        if mine:
            dist.destroy_process_group()
