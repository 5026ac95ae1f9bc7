"""What the pages of curation say."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ORDER_NAMES: dict[str, str | Promise] = {
    "uncertain": _("The model is unsure"),
    "model": _("The model against people"),
    "people": _("People against people"),
    "rare": _("Rare classes"),
    "diverse": _("As unlike as can be"),
    "second": _("Second opinion"),
    "trial": _("The version on trial disagrees"),
}
STRENGTHS: dict[str, str | Promise] = {
    "poor": _("no more than chance"),
    "slight": _("slight"),
    "fair": _("fair"),
    "moderate": _("moderate"),
    "substantial": _("substantial"),
    "almost_perfect": _("almost perfect"),
}
ADVICE: dict[str, str | Promise] = {
    "train": _("Enough photos to learn it: train a model."),
    "photos": _("More photos to learn from."),
    "tests": _("More labels that somebody wrote himself, to test it on."),
    "confused": _("Photos of what it is taken for, labelled at the desk."),
    "enough": _("It is known well."),
}
