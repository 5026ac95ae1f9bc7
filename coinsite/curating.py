"""The menu of the administration, in the order of a curator's work."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def entry(title: str | Promise, icon: str, app: str, model: str) -> dict[str, Any]:
    def may_view(request: HttpRequest) -> bool:
        return request.user.has_perm(f"{app}.view_{model}")

    link = reverse_lazy(f"admin:{app}_{model}_changelist")
    return {"title": title, "icon": icon, "link": link, "permission": may_view}


def page(title: str | Promise, icon: str, name: str, permission: str) -> dict[str, Any]:
    """A page of the site that is no list of the administration."""

    def may_view(request: HttpRequest) -> bool:
        return request.user.has_perm(permission)

    return {"title": title, "icon": icon, "link": reverse_lazy(name), "permission": may_view}


NAVIGATION = [
    {
        "title": _("Words"),
        "items": [
            entry(_("Authorities"), "crown", "catalog", "authority"),
            entry(_("Denominations"), "paid", "catalog", "denomination"),
            entry(_("Mints"), "location_on", "catalog", "mint"),
            entry(_("Metals"), "circle", "catalog", "metal"),
            entry(_("Regions"), "public", "catalog", "region"),
            entry(_("What changed"), "history", "catalog", "termchange"),
        ],
    },
    {
        "title": _("Catalogues"),
        "items": [
            entry(_("Types"), "category", "catalog", "cointype"),
            entry(_("Catalogues"), "menu_book", "catalog", "catalogue"),
        ],
    },
    {
        "title": _("Labels"),
        "items": [
            page(_("Curation desk"), "label", "identify:desk", "identify.curate"),
            page(_("Agreement"), "groups", "identify:agreement", "identify.curate"),
            page(_("Classes"), "account_tree", "identify:classes", "identify.curate"),
            page(_("Same specimen"), "join", "identify:same-specimen", "identify.curate"),
            page(_("Frozen sets"), "inventory", "identify:datasets", "identify.curate"),
            page(_("Activity"), "history", "identify:activity", "identify.curate"),
            page(_("Bring a set"), "upload", "identify:labelled-sets", "identify.curate"),
        ],
    },
    {
        "title": _("Teaching"),
        "items": [
            page(_("Teach the site"), "school", "identify:teach", "identify.train"),
            entry(_("Runs"), "model_training", "identify", "trainingrun"),
            entry(_("Versions"), "verified", "identify", "modelversion"),
        ],
    },
    {
        "title": _("Market"),
        "items": [
            entry(_("Sources"), "storefront", "market", "source"),
            entry(_("Premiums"), "percent", "market", "premiumrule"),
            entry(_("Pages"), "description", "market", "rawpage"),
            entry(_("Uploads"), "upload_file", "market", "upload"),
            entry(_("Pages to fetch"), "cloud_download", "market", "fetchtask"),
            entry(_("Hosts"), "dns", "market", "fetchhost"),
        ],
    },
    {
        "title": _("Work in the background"),
        "items": [
            entry(_("Failed tasks"), "error", "django_q", "failure"),
            entry(_("Queued tasks"), "hourglass_empty", "django_q", "ormq"),
            entry(_("Scheduled tasks"), "schedule", "django_q", "schedule"),
            entry(_("Successful tasks"), "check_circle", "django_q", "success"),
            entry(_("Identifications"), "visibility", "identify", "identification"),
            entry(_("Imports"), "upload", "catalog", "importsession"),
            entry(_("Exports"), "download", "catalog", "export"),
        ],
    },
    {
        "title": _("People"),
        "items": [
            entry(_("Users"), "person", "catalog", "user"),
            entry(_("Collections"), "inventory_2", "catalog", "collection"),
            entry(_("Groups"), "group", "auth", "group"),
            entry(_("E-mail addresses"), "mail", "account", "emailaddress"),
            entry(_("Sessions"), "devices", "usersessions", "usersession"),
            entry(_("Two-factor"), "lock", "mfa", "authenticator"),
            entry(_("API tokens"), "key", "catalog", "apitoken"),
        ],
    },
]
