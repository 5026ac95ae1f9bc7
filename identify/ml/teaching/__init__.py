"""Teaching a network classes of one's own. Pure: photos and a plan in, progress and a package out.

read_examples -> health -> split -> teach (Progress, epoch by epoch) -> load -> Taught.classify
"""

from identify.ml.teaching.checkup import Health, health
from identify.ml.teaching.examples import Example, read_examples
from identify.ml.teaching.plan import PRESETS, Plan, Progress, Wrong
from identify.ml.teaching.refusals import BrokenCheckpoint, OtherLesson, TeachingRefused
from identify.ml.teaching.report import Answers, compare, report
from identify.ml.teaching.splitting import Split, split
from identify.ml.teaching.taught import Taught, load
from identify.ml.teaching.teaching import teach

__all__ = [
    "PRESETS",
    "Answers",
    "BrokenCheckpoint",
    "Example",
    "Health",
    "OtherLesson",
    "Plan",
    "Progress",
    "Split",
    "Taught",
    "TeachingRefused",
    "Wrong",
    "compare",
    "health",
    "load",
    "read_examples",
    "report",
    "split",
    "teach",
]
