"""Many photos at once: what came in one go, what was said of each coin, and that as files for other programs.

upload -> drafts -> photo_added -> identifications; a `Batch` only remembers which coins came together."""
