"""An archive back into an account:

    file -> open_archive (refuse) -> verify every checksum -> words, types, places, tags, fields
         -> coins, a hundred at a time with all that hangs on them -> sets, saved views -> Report

What is there already, by its uid or name, is left as it is: a second run doubles nothing, and one that
was killed is finished by the next."""

from catalog.exports.restore.opening import ArchiveRefused, Opened, open_archive, verify
from catalog.exports.restore.report import Report
from catalog.exports.restore.running import restore

__all__ = ["ArchiveRefused", "Opened", "Report", "open_archive", "restore", "verify"]
