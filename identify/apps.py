from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentifyConfig(AppConfig):
    name = "identify"
    verbose_name = _("Identification")

    def ready(self) -> None:
        from catalog.signals import photo_added
        from identify import checks  # noqa: F401  registers the system check
        from identify.listening import when_photo_added

        photo_added.connect(when_photo_added, dispatch_uid="identify")
