from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog import references
from catalog.models.vocabulary import (
    Authority,
    Catalogue,
    Denomination,
    Metal,
    Mint,
    Region,
    fold,
)

if TYPE_CHECKING:
    from catalog.access import Visitor


class Attribution(models.Model):
    """What may be said of a type and of a coin alike. Never what is true of one piece only."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, verbose_name=_("authority")
    )
    denomination = models.ForeignKey(
        Denomination, models.PROTECT, null=True, blank=True, verbose_name=_("denomination")
    )
    mint = models.ForeignKey(Mint, models.PROTECT, null=True, blank=True, verbose_name=_("mint"))
    metal = models.ForeignKey(Metal, models.PROTECT, null=True, blank=True, verbose_name=_("metal"))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name=_("region or country")
    )
    year_from = models.IntegerField(_("struck from"), null=True, blank=True)
    year_to = models.IntegerField(_("struck to"), null=True, blank=True)
    is_circa = models.BooleanField(_("about"), default=False)
    native_date = models.CharField(_("date as on the coin"), max_length=60, blank=True)
    obverse_legend = models.CharField(_("obverse legend"), max_length=500, blank=True)
    obverse_design = models.TextField(_("obverse design"), blank=True)
    reverse_legend = models.CharField(_("reverse legend"), max_length=500, blank=True)
    reverse_design = models.TextField(_("reverse design"), blank=True)

    class Meta:
        abstract = True


class CoinTypeQuerySet(models.QuerySet["CoinType"]):
    def known_to(self, user: "Visitor") -> "CoinTypeQuerySet":
        return self.filter(Q(added_by=None) | Q(added_by=user.pk))

    def matching(self, text: str) -> "CoinTypeQuerySet":
        """Types that have every word of the text, each perhaps unfinished."""
        from catalog.fulltext import holding, words_of

        words = words_of(text)
        return (
            self.filter(pk__in=holding(self.model._meta.db_table, "id", words)) if words else self
        )


TERMS = ("authority", "denomination", "mint", "metal", "region")
WORDS = ("native_date", "obverse_legend", "obverse_design", "reverse_legend", "reverse_design")


class CoinType(Attribution):
    """A reference type: what a catalogue describes once and many people own."""

    key = models.CharField(_("key"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=300)
    series = models.CharField(_("series"), max_length=120, blank=True)
    weight = models.DecimalField(
        _("standard weight (g)"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    diameter = models.DecimalField(
        _("standard diameter (mm)"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    uri = models.URLField(_("address"), max_length=300, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CoinTypeQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("type")
        verbose_name_plural = _("types")
        indexes = [
            models.Index(fields=["authority", "denomination"], name="type_authority_denom"),
            models.Index(fields=["title"], name="type_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        terms = [term.search_text for name in TERMS if (term := getattr(self, name))]
        self.search_text = self.compose_search_text(terms, self.hanging_words())
        super().save(*args, **kwargs)

    def hanging_words(self) -> list[str]:
        """What is said of the type in rows of its own: citations, and varieties of its issues."""
        if not self.pk:
            return []
        cited = [row.text for row in self.references.all()]
        return [*cited, *dict.fromkeys(row.variety for row in self.issues.all())]

    def compose_search_text(self, terms: Iterable[str], hanging: Iterable[str]) -> str:
        """Every word once. `terms` are the search texts of the words it is made of, so that a type
        is found in any language; who makes many types at once reads them once."""
        legends = fold(f"{self.obverse_legend} {self.reverse_legend}").split()
        own = " ".join(
            [self.title, self.series, *(getattr(self, name) for name in WORDS), *hanging]
        )
        words = fold(own).split() + [spoken(word) for word in legends]
        words += [word for text in terms for word in text.split()]
        return " " + " ".join(dict.fromkeys(word for word in words if word != "|"))


def spoken(word: str) -> str:
    """FAVSTINA as people type it; AVG is left, or every emperor would be found under Augustus."""
    if word.startswith("avg"):
        return word
    word = word.replace("v", "u")
    return "j" + word[1:] if word[:2] in ("ia", "io", "iu") else word


class CitedReference(models.Model):
    """One citation: catalogue, volume, number. `sort_key` orders 127 < 127a < 1270."""

    catalogue = models.ForeignKey(
        Catalogue, models.PROTECT, null=True, blank=True, verbose_name=_("catalogue")
    )
    text = models.CharField(_("reference"), max_length=200)
    sort_key = models.CharField(max_length=300, editable=False, blank=True)
    normalised = models.CharField(max_length=250, editable=False, blank=True, db_index=True)

    class Meta:
        abstract = True
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: object, **kwargs: object) -> None:
        self.compute_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def compute_keys(self) -> None:
        self.sort_key = references.sort_key(self.text)[:300]
        self.normalised = references.normalise(self.text)[:250]


class TypeReference(CitedReference):
    type = models.ForeignKey(CoinType, models.CASCADE, related_name="references")

    class Meta(CitedReference.Meta):
        constraints = [
            models.UniqueConstraint("type", "catalogue", name="type_cites_catalogue_once")
        ]


class Issue(models.Model):
    """One year (and mint) of a type that was struck for many: what "add a run" ticks."""

    type = models.ForeignKey(CoinType, models.CASCADE, related_name="issues")
    year = models.IntegerField(_("year"))
    mint_mark = models.CharField(_("mint mark"), max_length=20, blank=True)
    variety = models.CharField(_("variety"), max_length=120, blank=True)
    mint = models.ForeignKey(Mint, models.SET_NULL, null=True, blank=True)
    mintage = models.BigIntegerField(_("mintage"), null=True, blank=True)

    class Meta:
        ordering = ["year", "mint_mark", "variety"]
        constraints = [
            models.UniqueConstraint("type", "year", "mint_mark", "variety", name="issue_once")
        ]

    def __str__(self) -> str:
        return " ".join(
            part
            for part in (
                f"{self.year}{'-' + self.mint_mark if self.mint_mark else ''}",
                self.variety,
            )
            if part
        )
