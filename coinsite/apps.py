from django.apps import AppConfig, apps
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.db.models.signals import post_migrate


class CoinsiteConfig(AppConfig):
    name = "coinsite"
    default = True

    def ready(self) -> None:
        from coinsite import checks  # noqa: F401  registers the system checks
        from coinsite.schedules import write_schedules

        post_migrate.connect(write_schedules, sender=apps.get_app_config("django_q"))

        # Two packages bring 350 files that no page of ours asks for; compressing them took seconds.
        unused = ["rest_framework", "django_htmx"]
        StaticFilesConfig.ignore_patterns = [*StaticFilesConfig.ignore_patterns, *unused]
