"""What the market's pages say, in the language of whoever reads them."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from market.appraisal import Appraisal, Line
from market.comparables import Reason
from market.contradicting import differences
from market.doubting import said_by
from market.estimate import FEWEST, Verdict
from market.flagnames import flag_name
from market.models import Doubt
from market.pictured import SIDES
from market.pieces import PINNED, Subject
from market.wording import name_of

VERDICTS: dict[str, tuple[str | Promise, str | Promise]] = {
    Verdict.TIGHT: (
        gettext_lazy("Well supported"),
        gettext_lazy("Coins like this one fetch much the same again and again."),
    ),
    Verdict.FAIR: (
        gettext_lazy("Fairly supported"),
        gettext_lazy("Coins like this one differ in price, but not wildly."),
    ),
    Verdict.WIDE: (
        gettext_lazy("A rough idea"),
        gettext_lazy("Coins like this one fetch very different prices: take it as an order of magnitude."),
    ),
    Verdict.TOO_VARIED: (
        gettext_lazy("Too varied to say"),
        gettext_lazy(
            "There are sales enough, but their prices lie so far apart that one figure would mislead."
        ),
    ),
    Verdict.TOO_FEW: (
        gettext_lazy("Too few sales to say"),
        gettext_lazy("Below six sales that count in full, any figure would be a guess, so there is none."),
    ),
}  # fmt: skip

REASONS: dict[str, str | Promise] = {
    "cites": gettext_lazy("cites %(detail)s"),
    "same_ruler": gettext_lazy("same ruler"),
    "same_denomination": gettext_lazy("same denomination"),
    "same_metal": gettext_lazy("same metal"),
    "same_grade": gettext_lazy("same grade"),
    "better_grade": gettext_lazy("better grade"),
    "worse_grade": gettext_lazy("lower grade"),
    "shares_flag": gettext_lazy("also %(detail)s"),
    "looks_alike": gettext_lazy("looks alike (%(detail)s %%)"),
}
ORDER = ("cites", "looks_alike")
# Said only where nothing says more
WEAK = ("same_ruler", "same_denomination", "same_metal")


def sentence(reason: Reason) -> str:
    detail = reason.detail
    if reason.code == "cites":
        detail = cited(detail)
    elif reason.code == "shares_flag":
        detail = flag_name(detail)
    return str(REASONS[reason.code]) % {"detail": detail}


def cited(key: str) -> str:
    """`ric trajan 207` as people write it: RIC 207."""
    words = key.split()
    return f"{words[0].upper()} {words[-1]}" if len(words) > 1 else key


def why(line: Line) -> list[str]:
    """At most five, the strongest first. That a person pinned it stands on its own."""
    told = [reason for reason in line.why if reason != Reason("cites", PINNED)]
    strong = [reason for reason in told if reason.code not in WEAK]
    strong.sort(key=lambda reason: ORDER.index(reason.code) if reason.code in ORDER else len(ORDER))
    weak = [reason for reason in told if reason.code in WEAK]
    has_type = any(reason.code == "cites" for reason in strong)
    return [sentence(reason) for reason in [*strong, *([] if has_type else weak)]][:5]


def verdict_of(appraisal: Appraisal) -> tuple[str, str]:
    name, told = VERDICTS[appraisal.estimate.verdict]
    return str(name), str(told)


def helps(appraisal: Appraisal) -> list[str]:
    """What would let a refusal become a figure, the nearest at hand first."""
    said = missing(appraisal.subject)
    n = appraisal.estimate.n_effective
    if appraisal.estimate.verdict == Verdict.TOO_FEW and appraisal.lines:
        more = max(1, round(FEWEST - n))
        said.append(
            ngettext(
                "Bring %(n)s more sale of coins like this one: paste its text, or save the page and upload it.",
                "Bring %(n)s more sales of coins like this one: paste their texts, or save the pages and upload them.",
                more,
            )
            % {"n": more}
        )  # fmt: skip
    elif appraisal.estimate.verdict == Verdict.TOO_FEW:
        said.append(_("Bring sales of coins like this one: paste their texts, or save the pages and upload them."))  # fmt: skip
    elif appraisal.estimate.verdict == Verdict.TOO_VARIED:
        said.append(_("Leave out what is not like your coin, or pin what is, and look again."))
    if appraisal.n_unpriced:
        said.append(
            ngettext(
                "%(n)s sale has no price in these terms: its day, its rate or its house’s premium is not known.",
                "%(n)s sales have no price in these terms: their day, their rate or their house’s premium is not known.",
                appraisal.n_unpriced,
            )
            % {"n": appraisal.n_unpriced}
        )  # fmt: skip
    return said


def disagreement(doubt: Doubt) -> list[str]:
    """In what two lots of one coin differ; nothing where they only count twice."""
    if doubt.other is None:
        return []
    pairs = differences(said_by(doubt.other), said_by(doubt.lot))
    return [f"{name_of(name)}: {old} / {young}" for name, (old, young) in pairs.items()]


def sides(doubt: Doubt) -> str:
    """Of a lot whose picture contradicts its text, both."""
    if not doubt.kind.startswith("photo_"):
        return ""
    text, picture, percent = (*doubt.said.split(SIDES), "", "")[:3]
    return _("its text says “%(text)s”, its picture shows “%(picture)s” (%(percent)s %% sure)") % {
        "text": text, "picture": picture, "percent": percent,
    }  # fmt: skip


def missing(subject: Subject) -> list[str]:
    piece = subject.piece
    said = []
    if not piece.denomination:
        said.append(_("Say what denomination your coin is."))
    if not piece.ruler:
        said.append(_("Say who struck it."))
    if len(piece.types) < 2:
        said.append(_("Cite a catalogue, such as RIC 207: sales of the same type count most."))
    if piece.grade is None:
        said.append(_("Say its grade."))
    return said
