"""What is to be taught how, and what is told on the way."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from catalog.refusals import gettext_noop as _
from identify.ml.teaching.refusals import TeachingRefused

SHIPPED = ("shipped", "shipped:modern", "shipped:ancient")
MOST_WRONG = 12


@dataclass(frozen=True)
class Preset:
    epochs: int
    batch: int
    rate: float  # of the head; the body learns at a part of it
    body_rate: float
    patience: int
    trained: float  # the share of the body's layers that learns, from its end


PRESETS = {
    "quick": Preset(epochs=40, batch=64, rate=2e-3, body_rate=0, patience=12, trained=0),
    "fine": Preset(epochs=15, batch=32, rate=3e-3, body_rate=3e-4, patience=5, trained=1 / 3),
    "full": Preset(epochs=20, batch=32, rate=2e-3, body_rate=2e-4, patience=6, trained=1),
}
MONITORS = ("recall", "cross_entropy")


@dataclass(frozen=True)
class Plan:
    """Zeros and empty words are filled by the preset and the backbone."""

    backbone: str = "shipped"  # or “shipped:ancient”, or any network that timm knows
    preset: str = "quick"
    start: str = ""  # of a timm network: empty for the hub, “random”, or a file of weights
    side: int = 0
    epochs: int = 0
    batch: int = 0
    rate: float = 0.0
    seed: int = 1
    patience: int = 0
    device: str = "auto"
    held_out: float = 0.2  # the share of coins to examine on; 0: none, and the last epoch is kept
    views: int = 6  # of each photo that `quick` looks at: as it is, and as a camera might see it
    any_turn: bool = False  # photos lie any way round
    monitor: str = "recall"  # what the best epoch is best in

    def __post_init__(self) -> None:
        if self.preset not in PRESETS:
            raise TeachingRefused(
                "preset_unknown", _("There is no preset “%(preset)s”."), preset=self.preset
            )
        if self.monitor not in MONITORS:
            raise TeachingRefused(
                "monitor_unknown", _("“%(monitor)s” is not measured here."), monitor=self.monitor
            )
        least = min(self.held_out, self.side, self.epochs, self.batch, self.rate, self.patience)
        if self.held_out >= 1 or self.views < 1 or least < 0:
            raise TeachingRefused("plan_wrong", _("This plan has a number that cannot be."))

    @property
    def how(self) -> Preset:
        own = {
            name: getattr(self, name)
            for name in ("epochs", "batch", "rate", "patience")
            if getattr(self, name)
        }
        return replace(PRESETS[self.preset], **own)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def lesson(self) -> dict[str, Any]:
        """What a run cannot change on its way; the machine it runs on may."""
        return {name: value for name, value in asdict(self).items() if name != "device"}


@dataclass(frozen=True)
class Wrong:
    path: str
    truth: str
    said: str
    confidence: float


@dataclass(frozen=True)
class Progress:
    """After each epoch; and while photos are looked at, with epoch 0 and no figures yet."""

    epoch: int
    epochs: int
    loss: float | None = None
    val_loss: float | None = None
    top1: float | None = None
    macro_recall: float | None = None
    images_per_second: float = 0.0
    seconds_left: float | None = None
    wrong: tuple[Wrong, ...] = ()
    stage: str = "learning"  # or “looking”
    done: int = 0  # photos, while looking
    total: int = 0
    is_best: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
