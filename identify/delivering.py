"""Sends what webhooks wait for. Private addresses only where the administrator has allowed them."""

import ipaddress
import logging
from dataclasses import replace

from django.conf import settings

from catalog.fetch import FetchRefused, Policy, is_public, post
from catalog.refusals import Refusal, gettext_noop
from catalog.sentences import sentence
from identify.models.webhooks import Delivery

log = logging.getLogger(__name__)
KEPT_DAYS = 30
AT_ONCE = 200
ANSWERED = gettext_noop("The other server answered with error %(status)s.")


def policy() -> Policy:
    """The usual one, and the networks of WEBHOOK_NETWORKS at any port."""
    networks = [ipaddress.ip_network(one) for one in settings.WEBHOOK_NETWORKS]
    if not networks:
        return Policy()

    def allows(address: str) -> bool:
        return is_public(address) or any(ipaddress.ip_address(address) in one for one in networks)

    return replace(Policy(), allows=allows, ports=frozenset(range(1, 65536)))


def deliver(pk: int) -> bool:
    delivery = Delivery.objects.select_related("webhook").filter(pk=pk).first()
    if delivery is None or not delivery.take():
        return False
    body, headers = delivery.message()
    try:
        status = post(delivery.webhook.url, body, headers, policy=policy())
    except FetchRefused as refusal:
        log.info("Webhook %s: %s", delivery.webhook_id, refusal.message)
        delivery.missed(sentence(refusal))
        return False
    if 200 <= status < 300:
        delivery.arrived(status)
        return True
    delivery.missed(sentence(Refusal("status", ANSWERED, status=status)), status)
    return False
