"""The table of United States coins: one row for each year, mint mark and variety of a type."""

import re
from collections import defaultdict

from django.db import transaction
from django.utils.text import slugify

from catalog.facts import carriers, storing, tables
from catalog.facts.settling import Values
from catalog.facts.tables import Outcome, Row, RowRefused, within
from catalog.facts.words import Words
from catalog.models import Authority, CoinType, Denomination, Issue, Mint, Region

# gold types are called by their design alone, so that their name needs the denomination
GOLD = {"Gold Dollars": "Gold dollar", "Quarter Eagles": "Quarter eagle", "Half Eagles": "Half eagle",
        "Eagles": "Eagle", "Double Eagles": "Double eagle"}  # fmt: skip
DENOMINATIONS = {
    "Half Cents": "half-cent", "Large Cents": "cent", "Small Cents": "cent",
    "Two-cent Pieces": "two-cents", "Three-cent Pieces": "three-cents", "Half Dimes": "half-dime",
    "Nickels": "nickel", "Dimes": "dime", "Twenty-cent Pieces": "twenty-cents",
    "Quarter Dollars": "quarter", "Half Dollars": "half-dollar", "Dollars": "dollar",
    "Gold Dollars": "gold-dollar", "Quarter Eagles": "quarter-eagle",
    "Three-Dollar Gold Pieces": "three-dollars", "Half Eagles": "half-eagle", "Eagles": "eagle",
    "Double Eagles": "double-eagle",
}  # fmt: skip
KEYS = {"lincoln-cent-wheat-ears": "lincoln-cent-wheat"}
MINTS = {"": "philadelphia_pennsylvania", "P": "philadelphia_pennsylvania", "D": "denver",
         "S": "san_francisco", "O": "new_orleans", "CC": "carson_city", "W": "west_point"}  # fmt: skip
YEAR_MINT = re.compile(r"(\d{4})-?(P|D|S|O|CC|C|W)?")
# the largest number that the table's own program could hold
OVERFLOW = 2**31 - 1


def name_of(row: Row) -> str:
    name = row["type"].replace("Dollars Dollar", "Dollar")
    name = f"{GOLD[row['category']]} {name}" if row["category"] in GOLD else name
    design = re.sub(r"\s*\(.*\)", "", row["type_years"]).strip()
    return f"{name}, {design}" if design else name


def key_of(row: Row) -> str:
    key = slugify(name_of(row).replace(".", ""))
    return f"us.{KEYS.get(key, key)}"


def issue_of(row: Row) -> Values:
    if row["category"] not in DENOMINATIONS:
        raise RowRefused(f"the category “{row['category']}” is not known")
    found = YEAR_MINT.fullmatch(row["year_mint"])
    if not found:
        raise RowRefused(f"“{row['year_mint']}” is not a year and a mint mark, such as 1909S")
    mintage = row["mintage"].replace(",", "")
    if mintage and not mintage.isdecimal():
        raise RowRefused(f"the mintage “{row['mintage']}” is not a number")
    return {
        "year": int(found[1]),
        "mint_mark": found[2] or "",
        "variety": within("variety", row["variety"], 120),
        "mintage": None if int(mintage or 0) in (0, OVERFLOW) else int(mintage),
    }


@transaction.atomic
def import_issues(outcome: Outcome, words: Words) -> None:
    struck: dict[str, list[tuple[int, Values]]] = defaultdict(list)
    named: dict[str, Row] = {}
    for line, row in tables.rows(outcome.path, outcome):
        try:
            issue = issue_of(row)
        except RowRefused as refused:
            outcome.refused.append((line, str(refused)))
            continue
        struck[key_of(row)].append((line, issue))
        named.setdefault(key_of(row), row)
    known = CoinType.objects.in_bulk(list(struck), field_name="key")
    made = [new_type(key, row, words) for key, row in named.items() if key not in known]
    storing.make_types(made, {}, storing.TermTexts())
    known |= {row.key: row for row in made}
    for key, issues in struck.items():
        add(known[key], issues, outcome, words)
    carriers.reindex_types([row.pk for row in made])
    outcome.refused.sort()


def new_type(key: str, row: Row, words: Words) -> CoinType:
    years = re.findall(r"\d{4}", row["type_years"])
    denomination = DENOMINATIONS[row["category"]]
    return CoinType(
        key=key,
        title=within("type", name_of(row), 300),
        authority_id=words.own(Authority, "state.us", "United States"),
        region_id=words.own(Region, "country.us", "United States"),
        denomination_id=words.own(
            Denomination, f"us.{denomination}", denomination.replace("-", " ").capitalize()
        ),
        year_from=int(years[0]) if years else None,
        year_to=int(years[-1]) if years else None,
    )


def add(row: CoinType, issues: list[tuple[int, Values]], outcome: Outcome, words: Words) -> None:
    """The table often lists one year and mint twice without saying how the two differ. Those that we
    know by name are told apart by their mintage; the others are refused."""
    free: dict[tuple[int, str], list[Issue]] = defaultdict(list)
    for issue in row.issues.all():
        free[issue.year, issue.mint_mark].append(issue)
    for line, values in issues:
        there = (values["year"], values["mint_mark"])
        if there not in free:
            free[there] = []
            Issue.objects.create(type=row, mint_id=mint(values, words), **values)
            outcome.made += 1
        elif match := same(free[there], values):
            free[there].remove(match)
            outcome.filled += fill(match, values)
        else:
            reason = f"{values['year']}{values['mint_mark']} stands here more than once"
            outcome.refused.append((line, f"{reason}, and no variety tells the pieces apart"))


def same(issues: list[Issue], values: Values) -> Issue | None:
    if values["variety"]:
        issues = [issue for issue in issues if issue.variety == values["variety"]]
    known = [issue for issue in issues if issue.mintage and issue.mintage == values["mintage"]]
    vague = [issue for issue in issues if not issue.mintage or not values["mintage"]]
    return next(iter(known or vague), None)


def fill(issue: Issue, values: Values) -> bool:
    if issue.mintage or not values["mintage"] or issue.variety != values["variety"]:
        return False
    issue.mintage = values["mintage"]
    issue.save(update_fields=["mintage"])
    return True


def mint(values: Values, words: Words) -> int | None:
    mark = values["mint_mark"]
    if mark == "C":
        return words.own(Mint, "mint.charlotte", "Charlotte")
    if mark == "D" and values["year"] < 1906:  # Denver did not strike yet
        return words.find(Mint, "dahlonega")
    return words.find(Mint, MINTS[mark])
