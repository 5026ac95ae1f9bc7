"""Everything one person owns, in one ZIP in a form of our own (docs/archive.md):

    manifest.json          what this is, and the SHA-256 and size of every other file
    data/words.jsonl       the vocabulary that the coins use; data/types.jsonl the types
    data/coins.jsonl       one coin a line with all that hangs on it, and so on
    photos/ attachments/   the originals, untouched, named by coin and content

Nothing in it is a number of our database: coins and collections have their uids, words their
nomisma.org id or name, types their key, places and tags their path."""

FORMAT, VERSION = "obverse-archive", 1
MANIFEST = "manifest.json"
