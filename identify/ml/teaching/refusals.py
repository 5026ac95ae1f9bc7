"""What teaching refuses to do, each with its own words."""

from catalog.refusals import Refusal


class TeachingRefused(Refusal):
    """The photos, the plan or the folder will not do; the sentence says what will."""


class BrokenCheckpoint(TeachingRefused):
    """What lies there is not what was written."""


class OtherLesson(TeachingRefused):
    """The checkpoint belongs to other photos or another plan."""
