"""A program is told once, in a way that it can trust, and never at an address it should not name."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from identify import delivering
from identify.models import Delivery, Webhook
from identify.models.webhooks import PAUSES
from identify.tasks import deliver_due
from tests.catalog.api.conftest import api as api
from tests.factories import make_coin, make_collection, make_user

pytestmark = pytest.mark.django_db


class Listener:
    """A real server on the loopback."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.heard.append((dict(self.headers), body))
                self.send_response(listener.status)
                self.send_header("Location", "http://169.254.169.254/")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/told"


@pytest.fixture
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture
def owner() -> Any:
    return make_user("livia")


@pytest.fixture
def hook(owner: Any, listener: Listener, settings: Any) -> Webhook:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    return Webhook.objects.create(owner=owner, url=listener.url)


def waiting(hook: Webhook) -> Delivery:
    return Delivery.objects.create(webhook=hook, body={"event": "identification.finished"})


def test_a_finished_identification_is_told(fake, arrive, owner, hook, listener):
    coin = make_coin(make_collection(owner))
    arrive(coin)
    [(headers, body)] = listener.heard
    said = json.loads(body)
    assert (said["coin"], said["state"]) == (coin.pk, "suggested")
    assert said["identification"].endswith(f"/api/v1/identifications/{said['id']}/")
    at, signature = (part.split("=")[1] for part in headers["X-Obverse-Signature"].split(","))
    wanted = hmac.new(hook.secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert signature == wanted
    assert Delivery.objects.get().state == "sent"


def test_nobody_elses_coins_are_told(fake, arrive, hook, listener):
    arrive(make_coin(make_collection(make_user())))
    assert listener.heard == []


def test_one_that_is_switched_off_is_not_told(fake, arrive, owner, hook, listener):
    Webhook.objects.update(is_active=False)
    arrive(make_coin(make_collection(owner)))
    assert listener.heard == []


def test_a_second_delivery_of_the_task_sends_nothing(hook, listener):
    message = waiting(hook)
    assert delivering.deliver(message.pk)
    assert not delivering.deliver(message.pk)
    assert len(listener.heard) == 1


def test_what_fails_is_tried_later_and_in_the_end_given_up(hook, listener):
    listener.status = 500
    message = waiting(hook)
    for attempt in range(1, len(PAUSES) + 2):
        Delivery.objects.update(not_before=timezone.now() - timedelta(seconds=1))
        assert deliver_due() == 0
        message.refresh_from_db()
        assert (message.attempts, message.status) == (attempt, 500)
        assert message.state == ("waiting" if attempt <= len(PAUSES) else "failed")
    assert "500" in message.failure
    assert len(listener.heard) == len(PAUSES) + 1


def test_it_waits_before_it_tries_again(hook, listener):
    listener.status = 500
    delivering.deliver(waiting(hook).pk)
    assert deliver_due() == 0
    assert len(listener.heard) == 1


def test_a_redirect_is_not_followed(hook, listener):
    listener.status = 302
    message = waiting(hook)
    assert not delivering.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.status) == ("waiting", 302)


def test_a_private_address_is_never_told_unless_allowed(hook, listener, settings):
    settings.WEBHOOK_NETWORKS = []
    Webhook.objects.update(url="http://127.0.0.1/told")
    message = waiting(hook)
    assert not delivering.deliver(message.pk)
    message.refresh_from_db()
    assert "private network" in message.failure
    assert listener.heard == []


def test_old_messages_are_forgotten(hook, listener):
    waiting(hook)
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=31), state="sent")
    deliver_due()
    assert not Delivery.objects.exists()


def test_a_program_makes_its_own(api, owner):
    answer = api(owner).post("/api/v1/webhooks/", {"url": "https://coins.example.org/told"})
    assert answer.status_code == 201
    assert len(answer.json()["secret"]) == 64
    assert Webhook.objects.get().owner == owner


@pytest.mark.parametrize("url", ["ftp://example.org/", "https://a:b@example.org/", "told"])
def test_no_link_to_tell_anybody_at(api, owner, url):
    answer = api(owner).post("/api/v1/webhooks/", {"url": url})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["url"])


def test_eleven_are_too_many(api, owner):
    for _ in range(10):
        Webhook.objects.create(owner=owner, url="https://example.org/")
    assert api(owner).post("/api/v1/webhooks/", {"url": "https://example.org/"}).status_code == 400


def test_a_stranger_sees_none_of_it(api, hook):
    assert api(make_user()).get("/api/v1/webhooks/").json()["results"] == []
    assert api(make_user()).get(f"/api/v1/webhooks/{hook.pk}/").status_code == 404
