from argparse import BooleanOptionalAction, RawDescriptionHelpFormatter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from identify.values import Remark

SAID = {
    "unreadable": "{path} cannot be read and is left out.",
    "duplicate": "{path} and {other} are the same photo.",
    "mixed_labels": "{path} ({label}) and {other} ({other_label}) are the same photo.",
    "single_coin": "{label} has one coin only: learnt from, never examined on.",
    "few_coins": "{label} has {coins} coins; {better} would be better.",
    "uneven": "{most} has {many} photos, {least} has {few}.",
    "too_few_classes": "To learn a difference takes photos of two classes at least.",
    "nothing_to_judge": "No class has photos of two coins: one to learn from and one to judge by.",
}
MOST_REMARKS = 20


class Command(BaseCommand):
    help = """Teaches a network your own classes, from a folder of classes or from a table (file,label,group).
Breaking off with Ctrl-C keeps the best epoch so far; the same command goes on from there.

Exit codes: 0 done, 1 refused (the reason is told), 130 broken off."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("--data", type=Path, required=True, metavar="FOLDER_OR_CSV")
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
        parser.add_argument(
            "--model", default="shipped",
            help="shipped, shipped:ancient, or any network that timm knows (vit_base_patch16_224, inception_v3_se …)",
        )  # fmt: skip
        parser.add_argument(
            "--start", default="", help="of a timm network: empty for the hub, “random”, or a file of weights"
        )  # fmt: skip
        parser.add_argument("--preset", choices=("quick", "fine", "full"), default="quick")
        parser.add_argument("--seed", type=int, default=1)
        for name in ("epochs", "side", "batch"):
            parser.add_argument(f"--{name}", type=int, default=0)
        parser.add_argument("--device", default="auto", help="auto, cpu, cuda …")
        parser.add_argument("--any-turn", action="store_true", help="photos lie any way round")
        parser.add_argument("--resume", action=BooleanOptionalAction, default=True)

    def handle(self, *args: Any, **options: Any) -> None:
        from identify.ml.package import BrokenModel
        from identify.ml.teaching import Plan, TeachingRefused, health, load, read_examples, teach

        try:
            plan = Plan(
                backbone=options["model"], preset=options["preset"], start=options["start"],
                side=options["side"], epochs=options["epochs"], batch=options["batch"],
                seed=options["seed"], device=options["device"], any_turn=options["any_turn"],
            )  # fmt: skip
            examples = read_examples(options["data"])
            found = health(examples)
            self.tell(found.remarks)
            if not found.can_teach:
                raise CommandError("With these photos nothing can be taught.")
            self.stdout.write(
                f"{sum(found.counts.values())} photos of {len(found.counts)} classes."
            )
            self.follow(teach(plan, examples, options["out"], options["resume"]))
            self.conclude(load(options["out"]))
        except TeachingRefused as refusal:
            raise CommandError(refusal.message) from None
        except BrokenModel as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from None

    def tell(self, remarks: tuple[Remark, ...]) -> None:
        for remark in remarks[:MOST_REMARKS]:
            self.stderr.write(SAID[remark.code].format(**remark.params))
        if len(remarks) > MOST_REMARKS:
            self.stderr.write(f"… and {len(remarks) - MOST_REMARKS} more.")

    def follow(self, run: Iterator[Any]) -> None:
        try:
            for one in run:
                self.stdout.write(line_of(one))
        except KeyboardInterrupt:
            run.close()  # type: ignore[attr-defined]
            self.stderr.write("Broken off. The same command goes on from here.")
            raise SystemExit(130) from None

    def conclude(self, taught: Any) -> None:
        told = taught.card["metrics"]
        if not told.get("count"):
            self.stdout.write(f"{taught.package.weights}: not examined.")
            return
        top, recall = told["top1"], told["macro_recall"]
        self.stdout.write(
            f"Right on {top['value']:.3f} ({top['low']:.3f} to {top['high']:.3f}) of {told['count']} photos kept "
            f"aside; macro recall {recall['value']:.3f}. Kept: {taught.package.weights}"
        )


def line_of(one: Any) -> str:
    if one.stage == "looking":
        return f"Looking at photos: {one.done} of {one.total}, {one.images_per_second:.0f} a second"
    if one.val_loss is None:
        return f"Epoch {one.epoch} of {one.epochs}: loss {one.loss:.3f}"
    return (
        f"Epoch {one.epoch} of {one.epochs}: loss {one.loss:.3f}, on photos kept aside {one.val_loss:.3f}, "
        f"right {one.top1:.3f}, macro recall {one.macro_recall:.3f}{', best so far' if one.is_best else ''}; "
        f"about {one.seconds_left or 0:.0f} s left"
    )
