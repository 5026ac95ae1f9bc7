"""How often one caller may ask. Without Redis every web process counts for itself."""

import logging
import math
from typing import Any

from django.conf import settings
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

log = logging.getLogger(__name__)
FALLBACK = {"user": "600/min", "anon": "30/min"}


class Rate(SimpleRateThrottle):
    duration: int

    def get_rate(self) -> str:
        rates: Any = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
        return rates.get(self.scope) or FALLBACK[str(self.scope)]

    def parse_rate(self, rate: str | None) -> tuple[int | None, int | None]:
        """A rate that nobody can read is a system check's business (obverse.E032), not a reason to
        answer every request with 500."""
        try:
            number, duration = super().parse_rate(rate)
            if number and duration and number > 0:
                return number, duration
        except (ValueError, KeyError, IndexError):
            pass
        log.warning("The rate “%s” cannot be read; %s holds.", rate, FALLBACK[str(self.scope)])
        return super().parse_rate(FALLBACK[str(self.scope)])

    def wait(self) -> float | None:
        """Whole seconds until the oldest call no longer counts: then the next one does pass."""
        if not self.history:
            return self.duration
        return max(1, math.ceil(self.history[-1] + self.duration - self.now))


class PerUser(Rate, UserRateThrottle):
    """All of one person's tokens and browsers together."""

    def get_cache_key(self, request, view):  # type: ignore[no-untyped-def]
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class PerStranger(Rate, AnonRateThrottle):
    """By address: the open pages, and whoever comes without a token or with a wrong one."""
