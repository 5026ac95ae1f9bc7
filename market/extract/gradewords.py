"""The words and letters of grades: (languages that use it, code, how it must be written).

words: anywhere; word: only where it stands alone; letters: English abbreviations; capitals and small:
the abbreviations of the other languages. A code that begins with + is better than its letters."""

RANKS = {
    "P": 0.5, "FR": 0.8, "AG": 1.2, "G": 1.8, "VG": 2.4, "F": 3.0, "VF": 4.0, "EF": 5.0, "AU": 5.7,
    "MS": 6.0, "FDC": 6.3,
}  # fmt: skip
SHELDON_RANKS = {
    "ms": "MS",
    "au": "AU",
    "xf": "EF",
    "ef": "EF",
    "vf": "VF",
    "pf": "FDC",
    "pr": "FDC",
    "f": "F",
}
Languages = tuple[str, ...]
EN: Languages = ()
DE, FR, IT, ES = ("de",), ("fr",), ("it",), ("es",)
BASES: dict[str, tuple[Languages, str, str]] = {
    "extremely fine": (EN, "EF", "words"), "extra fine": (EN, "EF", "words"), "very fine": (EN, "VF", "words"),
    "very good": (EN, "VG", "word"), "fine": (EN, "F", "word"), "good": (EN, "G", "word"), "fair": (EN, "FR", "word"),
    "poor": (EN, "P", "word"), "mint state": (EN, "MS", "words"), "uncirculated": (EN, "MS", "words"),
    "about uncirculated": (EN, "AU", "words"), "almost uncirculated": (EN, "AU", "words"), "as struck": (EN, "MS", "words"),
    "brilliant uncirculated": (EN, "MS", "words"), "fleur de coin": (EN, "FDC", "words"), "fdc": (EN, "FDC", "words"),
    "unc": (EN, "MS", "words"), "bu": (EN, "MS", "letters"), "proof": (EN, "FDC", "word"), "extremely-fine": (EN, "EF", "words"), "very-fine": (EN, "VF", "words"),
    "ms": (EN, "MS", "letters"), "au": (EN, "AU", "letters"), "ef": (EN, "EF", "letters"), "xf": (EN, "EF", "letters"),
    "vf": (EN, "VF", "letters"), "f": (EN, "F", "letters"), "vg": (EN, "VG", "letters"), "g": (EN, "G", "letters"),
    "ag": (EN, "AG", "letters"), "fr": (EN, "FR", "letters"), "p": (EN, "P", "letters"), "po": (EN, "P", "letters"),
    "pf": (EN, "FDC", "letters"), "pr": (EN, "FDC", "letters"), "sp": (EN, "MS", "letters"),
    "gvf": (EN, "+VF", "letters"), "gef": (EN, "+EF", "letters"), "gf": (EN, "+F", "letters"),
    "vzgl": (EN, "EF", "words"), "vorzuglich": (EN, "EF", "words"), "vorzugliches": (EN, "EF", "words"), "sehr schon": (EN, "VF", "words"),
    "vorzugl.": (EN, "EF", "words"), "stempelglanz": (EN, "MS", "words"), "stempelfrisch": (EN, "MS", "words"), "pragefrisch": (EN, "MS", "words"),
    "unzirkuliert": (EN, "MS", "words"), "polierte platte": (EN, "FDC", "words"), "schon": (DE, "F", "word"), "gering erhalten": (EN, "AG", "words"), "sehr gut erhalten": (EN, "G", "words"),
    "pragefr.": (EN, "MS", "words"),
    "vz": (EN, "EF", "small"), "ss": (EN, "VF", "small"), "s": (DE, "F", "small"), "st": (DE, "MS", "small"),
    "stgl": (EN, "MS", "small"), "prfr": (EN, "MS", "small"), "ge": (DE, "AG", "small"), "sge": (DE, "G", "small"), "pp": (DE, "FDC", "capitals"),
    "ttb": (EN, "VF", "capitals"), "tb": (FR, "F", "capitals"), "sup": (FR, "EF", "capitals"), "spl": (("fr", "it", "en", "de"), "EF", "capitals"),
    "b": (("fr", "it"), "VG", "capitals"), "tres tres beau": (EN, "VF", "words"), "tres beau": (EN, "F", "words"), "superbe": (FR, "EF", "word"), "splendide": (FR, "AU", "word"),
    "mb": (IT, "F", "capitals"), "bb": (("it", "en"), "VF", "capitals"), "molto bello": (IT, "F", "words"), "bellissimo": (IT, "VF", "word"), "splendido": (IT, "EF", "word"),
    "splendida": (IT, "EF", "word"), "fior di conio": (IT, "FDC", "words"),
    "mbc": (EN, "VF", "capitals"), "ebc": (EN, "EF", "capitals"), "bc": (ES, "F", "capitals"), "rc": (ES, "AG", "capitals"), "sc": (ES, "MS", "capitals"),
    "muy buena conservacion": (ES, "VF", "words"), "buena conservacion": (ES, "F", "words"), "extraordinariamente bien conservada": (ES, "EF", "words"),
    "sin circular": (ES, "MS", "words"), "flor de cuno": (ES, "FDC", "words"), "excelente conservacion": (ES, "EF", "words"),
}  # fmt: skip
PREFIXES = {
    "good": "g", "gutes": "g", "gut": "g", "about": "n", "abt": "n", "nearly": "n", "near": "n", "almost": "n", "choice": "c",
    "ch": "c", "superb": "s", "gem": "s", "virtually": "n", "practically": "n", "fast": "n", "f": "n", "knapp": "n",
    "beinahe": "n", "nahezu": "n", "besser als": "g", "presque": "n", "quasi": "n", "casi": "n", "buen": "g", "buon": "g",
    "q": "n", "a": "n", "n": "n", "g": "g", "m": "g", "better than": "g", "more than": "g", "migliore di": "g", "m di": "g",
    "piu che": "g", "oltre": "g", "best": "g", "besser": "g", "schwach": "n", "bessere": "g", "approaching": "n", "close to": "n", "fast gutes": "n", "prachtexemplar": "",
}  # fmt: skip
_FREE = ("good", "gutes", "gut", "about", "abt", "nearly", "near", "almost", "choice", "ch", "superb", "gem", "virtually",
         "practically", "fast", "knapp", "beinahe", "nahezu", "besser als", "presque", "quasi", "casi", "buen", "buon",
         "better than", "more than", "migliore di", "m di", "piu che", "oltre", "besser", "schwach", "approaching", "close to")  # fmt: skip


def prefix_pattern() -> str:
    words = "|".join(sorted(_FREE, key=len, reverse=True))
    return rf"(?:{words})\b\.?[ -]|(?:f|q)\. ?|(?:m|a|n)\.(?=[a-z])|[aqng](?=vf|ef|xf|vg|f\b|fdc|unc|spl|bb|mb|ms|au)|q(?=[smbf])|f(?=vz|ss|st)|m(?=bb)|n(?=ef|vf)"


def base_pattern() -> str:
    return "|".join(word.replace(".", r"\.") for word in sorted(BASES, key=len, reverse=True))
