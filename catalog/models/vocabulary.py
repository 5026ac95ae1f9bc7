"""The shared words: who struck it, what it is, where, of what. Linked to nomisma.org where it knows
them. A word that a user typed and no curator has seen yet has `added_by`; only that user is offered it."""

import unicodedata
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from catalog.access import Visitor

T = TypeVar("T", bound="Term")
MOST_WORDS = 12  # each is a condition, and databases have an end to these


def fold(text: str) -> str:
    """Lower case without accents: what search and autocomplete compare."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


class TermQuerySet(models.QuerySet[T]):
    def known_to(self, user: "Visitor") -> "TermQuerySet[T]":
        return self.filter(Q(added_by=None) | Q(added_by=user.pk))

    def matching(self, text: str) -> "TermQuerySet[T]":
        for word in fold(text).split()[:MOST_WORDS]:
            self = self.filter(search_text__contains=" " + word)
        return self

    def named(self, text: str) -> "TermQuerySet[T]":
        """Terms that carry exactly this name in some language, or as an alias or code."""
        return self.filter(search_text__contains=f"| {fold(text.strip())} |")


class Term(models.Model):
    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    aliases = models.JSONField(_("other spellings"), default=list, blank=True)
    nomisma_id = models.CharField(_("nomisma.org id"), max_length=120, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.names.get((get_language() or "en")[:2]) or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = self.compose_search_text()
        super().save(*args, **kwargs)

    def compose_search_text(self) -> str:
        """`| aureus | aurei | gold piece |`: one contains finds a whole name or the start of a word."""
        unique = dict.fromkeys(fold(name) for name in self.all_names() if name)
        return "| " + " | ".join(unique) + " |"

    def all_names(self) -> list[str]:
        return [self.name, *self.names.values(), *self.aliases]

    @property
    def uri(self) -> str:
        return f"http://nomisma.org/id/{self.nomisma_id}" if self.nomisma_id else ""


def nomisma_once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint("nomisma_id", condition=~Q(nomisma_id=""), name=name)


class Region(Term):
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    country_code = models.CharField(_("country code"), max_length=2, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [nomisma_once("region_nomisma_once")]


class Metal(Term):
    code = models.CharField(_("code"), max_length=8, blank=True)
    is_precious = models.BooleanField(_("precious"), default=False)

    class Meta(Term.Meta):
        verbose_name = _("metal")
        verbose_name_plural = _("metals")
        constraints = [nomisma_once("metal_nomisma_once")]

    def all_names(self) -> list[str]:
        return [*super().all_names(), self.code]


class Denomination(Term):
    metal = models.ForeignKey(Metal, models.SET_NULL, null=True, blank=True)
    face_value = models.DecimalField(
        _("face value"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=40, blank=True)
    weight_low = models.DecimalField(
        _("lightest usual weight"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    weight_high = models.DecimalField(
        _("heaviest usual weight"), max_digits=9, decimal_places=3, null=True, blank=True
    )

    class Meta(Term.Meta):
        verbose_name = _("denomination")
        verbose_name_plural = _("denominations")
        constraints = [nomisma_once("denomination_nomisma_once")]


class Mint(Term):
    region = models.ForeignKey(Region, models.SET_NULL, null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    mark = models.CharField(_("mint mark"), max_length=20, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("mint")
        verbose_name_plural = _("mints")
        constraints = [nomisma_once("mint_nomisma_once")]


class Authority(Term):
    class Kind(models.TextChoices):
        RULER = "ruler", _("Ruler")
        STATE = "state", pgettext_lazy("authority", "State")
        CITY = "city", _("City")
        PEOPLE = "people", _("People")
        MAGISTRATE = "magistrate", _("Magistrate")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RULER)
    reign_from = models.IntegerField(_("reigned from"), null=True, blank=True)
    reign_to = models.IntegerField(_("reigned to"), null=True, blank=True)
    dynasty = models.CharField(_("dynasty"), max_length=120, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        constraints = [nomisma_once("authority_nomisma_once")]
        indexes = [models.Index(fields=["reign_from"], name="authority_reign")]


class Catalogue(Term):
    """A printed or online catalogue that types are cited from: RIC, RRC, KM …"""

    code = models.CharField(_("code"), max_length=30, unique=True)
    url_pattern = models.CharField(_("address of an entry"), max_length=300, blank=True)

    class Meta(Term.Meta):
        ordering = ["code"]
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def __str__(self) -> str:
        return self.code


class TermChange(models.Model):
    """What a curator did to the vocabulary: rename, merge, edit. Append-only."""

    kind = models.CharField(max_length=20)
    term_id = models.BigIntegerField()
    action = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "term_id"], name="termchange_term")]

    def __str__(self) -> str:
        return f"{self.action} {self.kind} {self.term_id}"
