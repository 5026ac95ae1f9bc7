from collections.abc import Callable
from typing import IO

from catalog.exports.restore.coins import Coins
from catalog.exports.restore.opening import ArchiveRefused, Opened, open_archive, verify
from catalog.exports.restore.reading import BadDocument
from catalog.exports.restore.report import Report
from catalog.exports.restore.surroundings import (
    LookUp,
    restore_collections,
    restore_custom_fields,
    restore_sets,
    restore_trees,
    restore_views,
)
from catalog.exports.restore.words import Types, Words
from catalog.models import User
from catalog.refusals import gettext_noop as _

Progress = Callable[[int, int], None]


def restore(
    archive: IO[bytes],
    user: User,
    progress: Progress = lambda done, of: None,
    report: Report | None = None,
) -> Report:
    """Raises ArchiveRefused before anything is written; after that every coin stands for itself."""
    opened = open_archive(archive)
    checked = len(opened.files)
    of = checked + opened.count("coins")
    verify(opened, lambda done: progress(done, of))
    report = Report() if report is None else report
    try:
        unpack(opened, user, report, lambda done: progress(checked + done, of))
    except BadDocument as problem:
        raise ArchiveRefused(
            "row", _("The archive has a row that cannot be read: %(why)s"), why=str(problem)
        ) from None
    return report


def unpack(opened: Opened, user: User, report: Report, progress: Callable[[int], None]) -> None:
    words = Words(user, report)
    words.learn(opened.rows("words"))
    types = Types(user, words, report)
    types.learn(opened.rows("types"))
    restore_custom_fields(opened.rows("custom_fields"), user, report)
    places, tags = restore_trees(opened.rows("places"), opened.rows("tags"), user, report)
    rooms = restore_collections(opened.rows("collections"), user, report)
    look_up = LookUp(words, types, places, tags, rooms)
    coins = Coins(opened, user, look_up, report)
    for done in coins.restore(opened.rows("coins")):
        progress(done)
    restore_sets(opened.rows("sets"), user, look_up, coins.pks, report)
    restore_views(opened.rows("saved_views"), user, look_up, report)
