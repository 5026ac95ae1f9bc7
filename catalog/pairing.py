"""Which photos show one coin, and which face each shows: told from file names and their order.

Pure: names in, groups out. The page that previews a drop and the form without scripts ask the same."""

import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

OBVERSE, REVERSE, EDGE, BOTH, OTHER = "obverse", "reverse", "edge", "both", "other"
Group = list[tuple[int, str]]  # index into the names, role or "" where nothing tells it

WORDS = {
    OBVERSE: "obverse obv avers averse anverso anv front face head heads dritto droit vorderseite",
    REVERSE: "reverse rev revers reverso back tail tails rovescio rueckseite rückseite ruckseite",
    EDGE: "edge rand tranche canto bordo",
    BOTH: "both combined faces sides",
}
# AV is also gold, and R silver: a short mark counts only as the last thing in a name.
MARKS = {OBVERSE: "o a av vs ob", REVERSE: "r rv rs re", EDGE: "e"}
ROLE_OF_WORD = {word: role for role, words in WORDS.items() for word in words.split()}
ROLE_OF_MARK = {mark: role for role, marks in MARKS.items() for mark in marks.split()}
TOKEN = re.compile(r"[^\W\d_]+|\d+")
WIDE = 1.6  # two discs side by side; one coin on its photo is about as wide as high


def face(name: str) -> tuple[str, str]:
    """The role that a file name tells ("" for none), and the rest of the name, which names the coin."""
    tokens = TOKEN.findall(PurePosixPath(name.replace("\\", "/")).stem.casefold())
    for at, token in enumerate(tokens):
        role = ROLE_OF_WORD.get(token)
        if role is None and at and at == len(tokens) - 1:
            role = ROLE_OF_MARK.get(token)
        if role:
            return role, " ".join(tokens[:at] + tokens[at + 1 :])
    return "", " ".join(tokens)


def group(names: Sequence[str], consecutive: bool = False) -> list[Group]:
    """Names that tell a face and agree otherwise become one coin. Of the others each is a coin, or
    with `consecutive` each two that follow one another."""
    order = sorted(range(len(names)), key=lambda index: natural(names[index]))
    told = {face(name)[1] for name in names if face(name)[0]}
    groups: list[Group] = []
    open_groups: dict[str, Group] = {}
    half: Group | None = None
    for index in order:
        role, key = face(names[index])
        if key in told:
            role = role or OBVERSE
            mine = open_groups.get(key)
            if mine is None or role in {taken for _index, taken in mine}:
                mine = open_groups[key] = []
                groups.append(mine)
            mine.append((index, role))
        elif half is not None:
            half.append((index, REVERSE))
            half = None
        else:
            groups.append([(index, OBVERSE if consecutive else "")])
            half = groups[-1] if consecutive else None
    return [sorted(one, key=lambda item: ROLES.index(item[1])) for one in groups]


ROLES = (OBVERSE, "", REVERSE, BOTH, EDGE, OTHER)


def guess(name: str, taken: Collection[str], width: int, height: int) -> str:
    """The role of one more photo of a coin that has these already."""
    told, _key = face(name)
    if told:
        return told
    if width >= WIDE * height and not {OBVERSE, REVERSE} & set(taken):
        return BOTH
    return next(
        (role for role in (OBVERSE, REVERSE) if role not in taken and BOTH not in taken), OTHER
    )


def natural(name: str) -> list[tuple[int, int, str]]:
    """IMG_9 comes before IMG_10."""
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
