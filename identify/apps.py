from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentifyConfig(AppConfig):
    name = "identify"
    verbose_name = _("Identification")

    def ready(self) -> None:
        from catalog import describing
        from catalog.signals import coins_changed, photo_added
        from identify import checks  # noqa: F401  registers the system check
        from identify.describing import Describer
        from identify.listening import when_coins_changed, when_photo_added

        describing.register(Describer())
        photo_added.connect(when_photo_added, dispatch_uid="identify")
        coins_changed.connect(when_coins_changed, dispatch_uid="identify")
