"""Rows of the tables of OCRE (Roman Imperial Coinage) and CRRO (Roman Republican Coinage)."""

import re
from dataclasses import dataclass, field

from catalog import references
from catalog.facts.settling import Values
from catalog.facts.tables import Row, RowRefused, squeeze, within
from catalog.facts.words import Words
from catalog.models import Authority, Denomination, Metal, Mint, Region

OCRE_ID = re.compile(r"\d+(_\d)?(\(\d\))?\.[^\s.]+\.\S+")
CRRO_ID = re.compile(r"rrc-(\d\S*)$")


@dataclass
class Draft:
    """A type as one row describes it, and what had to be left out."""

    key: str
    values: Values
    cited: list[references.Citation] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def imperial(row: Row, words: Words) -> Draft:
    if not OCRE_ID.fullmatch(row["ocre_id"]):
        raise RowRefused(f"“{row['ocre_id']}” is not an id of OCRE, such as 2.tr.147")
    # the second edition of volume 1 is 1_2 in this table and 1(2) in OCRE's own addresses
    number = re.sub(r"^1_2\.", "1(2).", row["ocre_id"])
    cited = citation(row["label"], "RIC")
    values = {
        "title": references.format(cited),
        "authority_id": words.find(Authority, row["authority"]),
        "region_id": words.find(Region, row["region"]),
        "obverse_legend": within("obverse legend", row["obverse_legend"], 500),
        "reverse_legend": within("reverse legend", row["reverse_legend"], 500),
        "uri": f"http://numismatics.org/ocre/id/ric.{number}",
    }
    return Draft(f"ric.{number}", values | struck(row, words), [cited])


def republican(row: Row, words: Words) -> Draft:
    found = CRRO_ID.search(row["uri"])
    if not found:
        raise RowRefused(f"“{row['uri']}” is not an address of CRRO that ends in rrc- and a number")
    cited = citation(row["label"], "RRC")
    first, last = year(row["start"], "start"), year(row["end"], "end")
    if first and last and first > last:
        raise RowRefused(f"it begins in {first}, after its end in {last}")
    values = {
        "title": references.format(cited),
        "authority_id": words.own(Authority, "state.roman-republic", "Roman Republic"),
        "year_from": first,
        "year_to": last,
        "uri": row["uri"],
    }
    draft = Draft(f"rrc.{found[1]}", values | struck(row, words), [cited])
    for side in ("obverse", "reverse"):
        describe(draft, row, side)
    return draft


def describe(draft: Draft, row: Row, side: str) -> None:
    """In some rows a stray quotation mark has torn the description apart and moved its halves into
    each other's columns; letters that were not Latin are question marks."""
    design, legend = squeeze(row[side]), row[f"{side}_legend"]
    if '"' in design or '"' in legend:
        draft.notes.append(f"the {side} is left out: its text is torn by a quotation mark")
    elif legend and not legend.strip("? "):
        draft.values[f"{side}_design"] = design
        draft.notes.append(f"the {side} legend is left out: its letters are lost")
    else:
        draft.values[f"{side}_design"] = design
        draft.values[f"{side}_legend"] = within(f"{side} legend", legend, 500)


def struck(row: Row, words: Words) -> Values:
    return {
        "denomination_id": words.find(Denomination, row["denomination"]),
        "metal_id": words.find(Metal, row["metal"]),
        "mint_id": words.find(Mint, row["mint"]),
    }


def citation(label: str, catalogue: str) -> references.Citation:
    found = references.parse(within("label", label, 200))
    if len(found) != 1 or found[0].catalogue != catalogue or not found[0].number:
        raise RowRefused(f"“{label}” cannot be read as a citation of {catalogue}")
    return found[0]


def year(text: str, name: str) -> int | None:
    if not text:
        return None
    try:
        number = int(text)
    except ValueError:
        raise RowRefused(f"the {name} “{text}” is not a year") from None
    if number == 0 or not -4000 <= number <= 2200:
        raise RowRefused(f"the {name} {number} is not a year")
    return number
