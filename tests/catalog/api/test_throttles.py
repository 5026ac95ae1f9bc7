import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from catalog.api import throttles

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"


@pytest.fixture
def rates(settings):
    def set_rates(**given):
        framework = dict(settings.REST_FRAMEWORK)
        framework["DEFAULT_THROTTLE_RATES"] = framework["DEFAULT_THROTTLE_RATES"] | given
        settings.REST_FRAMEWORK = framework

    return set_rates


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is told the time."""
    now = [1_000_000.0]
    monkeypatch.setattr(throttles.Rate, "timer", lambda self: now[0])
    return now


def is_throttled(response, seconds):
    assert response.status_code == 429
    assert response["Retry-After"] == str(seconds)
    assert response["Content-Type"] == "application/problem+json"
    return response.json()["type"].endswith("#problem-throttled")


def test_too_many_requests_are_told_when_to_come_back(api, owner, rates, clock):
    rates(user="3/min")
    client = api(owner)
    for _second in range(3):
        clock[0] += 1
        assert client.get(ME).status_code == 200
    clock[0] += 17.4
    assert is_throttled(client.get(ME), 41)  # the first call was 19.4 seconds ago
    clock[0] += 40
    assert is_throttled(client.get(ME), 1)


def test_who_comes_back_when_told_is_let_in(api, owner, rates, clock):
    rates(user="2/min")
    client = api(owner)
    client.get(ME)
    client.get(ME)
    clock[0] += 0.5
    seconds = int(client.get(ME)["Retry-After"])
    clock[0] += seconds
    assert client.get(ME).status_code == 200


def test_a_throttled_write_is_not_made(api, owner, collection, rates, clock):
    rates(user="1/min")
    client = api(owner)
    client.get(ME)
    assert is_throttled(client.post("/api/v1/coins/", {"collection": collection.pk}), 60)
    assert not collection.coins.exists()


def test_one_persons_tokens_count_together_and_others_do_not(api, owner, stranger, rates, clock):
    rates(user="1/min")
    assert api(owner).get(ME).status_code == 200
    assert api(owner).get(ME).status_code == 429
    assert api(stranger).get(ME).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"HTTP_AUTHORIZATION": "Bearer obv_guess"}])
def test_strangers_are_counted_before_they_are_refused(rates, clock, headers):
    rates(anon="2/min")
    client = APIClient()
    codes = [client.get(ME, **headers).status_code for _ in range(3)]
    assert codes == [401, 401, 429]


def test_a_stranger_cannot_choose_the_address_that_is_counted(rates, clock):
    rates(anon="1/min")
    for number in range(2):
        response = APIClient().get(ME, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert response.status_code == 429


def test_open_pages_are_counted_too(rates, clock):
    rates(anon="1/min")
    client = APIClient()
    codes = [client.get("/api/v1/schema/").status_code for _ in range(2)]
    assert codes == [200, 429]


@pytest.mark.parametrize(
    "rate", ["", "many", "10", "10/", "/min", "0/min", "-5/min", "10/fortnight", "x/s"]
)
def test_a_rate_that_cannot_be_read_stops_nobody(api, owner, rates, rate):
    rates(user=rate, anon=rate)
    client = api(owner)
    assert {client.get(ME).status_code for _ in range(5)} == {200}
    assert APIClient().get(ME).status_code == 401


def test_the_rate_that_holds_instead_is_the_default(api, owner, rates, clock):
    rates(user="rubbish")
    client = api(owner)
    client.get(ME)
    history = cache.get(f"throttle_user_{owner.pk}")
    cache.set(f"throttle_user_{owner.pk}", history * 600, 60)
    assert client.get(ME).status_code == 429
