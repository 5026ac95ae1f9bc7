import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import Attachment, FieldChange, Provenance, Trade, Valuation
from tests.factories import make_coin, make_collection, make_trade, make_valuation

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
TRADE = {"kind": "purchase", "date": "2020-05-04", "price": "100.00", "currency": "EUR", "fees": 20}
VALUATION = {"date": "2024-05-03", "amount": 150, "currency": "EUR", "source": "A dealer"}
ROWS = {
    "trades": TRADE,
    "valuations": VALUATION,
    "provenance": {"holder": "An old cabinet", "date": "before 1914"},
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_added_told_and_noted(api, owner, coin, name):
    client = api(owner)
    response = client.post(f"{ROOT}{name}/", ROWS[name] | {"coin": coin.pk})
    assert response.status_code == 201, response.content
    told = client.get(response["Location"]).json()
    assert told == response.json()
    assert told["coin"] == coin.pk
    assert client.get(f"{ROOT}{name}/", {"coin": coin.pk}).json()["results"] == [told]
    assert FieldChange.objects.filter(coin=coin, by=owner).count() == 1


def test_money_reaches_the_coin_and_its_tag(api, owner, coin):
    client = api(owner)
    before = client.get(f"{ROOT}coins/{coin.pk}/")
    client.post(f"{ROOT}trades/", TRADE | {"coin": coin.pk})
    client.post(f"{ROOT}valuations/", VALUATION | {"coin": coin.pk})
    after = client.get(f"{ROOT}coins/{coin.pk}/", HTTP_IF_NONE_MATCH=before["ETag"])
    assert (after.json()["cost"], after.json()["value"]) == ("120.00", "150.00")
    assert after.json()["acquired_on"] == "2020-05-04"


def test_a_trade_is_changed_and_removed(api, owner, coin):
    trade = make_trade(coin)
    client, address = api(owner), f"{ROOT}trades/{trade.pk}/"
    assert client.patch(address, {"price": "80"}).json()["price"] == "80.00"
    coin.refresh_from_db()
    assert coin.cost == 80
    assert client.delete(address).status_code == 204
    coin.refresh_from_db()
    assert coin.cost is None


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_valuation_stays_as_it_was_given(api, owner, coin, method):
    row = make_valuation(coin)
    response = getattr(api(owner), method)(f"{ROOT}valuations/{row.pk}/", VALUATION)
    assert response.status_code == 405
    assert response.json()["type"].endswith("#problem-method-not-allowed")
    assert Valuation.objects.get().amount == 150


def test_provenance_moves(api, owner, coin):
    client = api(owner)
    for holder in ("First", "Second", "Third"):
        client.post(f"{ROOT}provenance/", {"coin": coin.pk, "holder": holder})
    last = Provenance.objects.get(holder="Third")
    assert client.post(f"{ROOT}provenance/{last.pk}/move/", {"step": -1}).json()["position"] == 1
    holders = [row["holder"] for row in client.get(f"{ROOT}provenance/").json()["results"]]
    assert holders == ["First", "Third", "Second"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("trades", {"price": -1}), ("trades", {"price": "much"}), ("trades", {"currency": "euro"}),
        ("trades", {"currency": "eur"}), ("trades", {"date": "2999-01-01"}), ("trades", {"kind": "gift"}),
        ("trades", {"url": "javascript:alert(1)"}), ("trades", {"price": "1" * 20}),
        ("valuations", {"amount": -1}), ("valuations", {"source": ""}), ("valuations", {"date": None}),
        ("provenance", {"holder": ""}), ("provenance", {"holder": "x" * 201}),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_taken_is_refused(api, owner, coin, name, values):
    response = api(owner).post(f"{ROOT}{name}/", ROWS[name] | {"coin": coin.pk} | values)
    assert response.status_code == 400, response.content
    assert set(response.json()["errors"]) == set(values)
    assert not Trade.objects.exists()


def test_a_row_stays_with_its_coin(api, owner, collection, coin):
    trade = make_trade(coin)
    body = {"coin": make_coin(collection).pk}
    assert "coin" in api(owner).patch(f"{ROOT}trades/{trade.pk}/", body).json()["errors"]


@pytest.mark.parametrize("name", ROWS)
def test_a_stranger_and_a_viewer_add_nothing(api, stranger, viewer, coin, name):
    body = ROWS[name] | {"coin": coin.pk}
    refused = api(stranger).post(f"{ROOT}{name}/", body)
    assert refused.status_code == 400
    assert "coin" in refused.json()["errors"]
    assert api(viewer).post(f"{ROOT}{name}/", body).status_code == 403
    assert not FieldChange.objects.exists()


def test_a_stranger_and_a_viewer_change_nothing(api, stranger, viewer, coin):
    address = f"{ROOT}trades/{make_trade(coin).pk}/"
    for method in ("patch", "delete"):
        assert getattr(api(stranger), method)(address, {"price": 1}).status_code == 404
        assert getattr(api(viewer), method)(address, {"price": 1}).status_code == 403
    assert Trade.objects.get().price == 100


# --- attachments -------------------------------------------------------------
def paper(name="invoice.pdf", data=b"%PDF-1.4"):
    return SimpleUploadedFile(name, data)


def attach(client, coin, file, **values):
    body = {"coin": coin.pk, "kind": "invoice", "file": file} | values
    return client.post(f"{ROOT}attachments/", body, format="multipart")


def test_a_paper_is_attached_and_fetched_again(api, owner, viewer, coin):
    response = attach(api(owner), coin, paper())
    assert response.status_code == 201, response.content
    assert (response.json()["name"], response.json()["size"]) == ("invoice.pdf", 8)
    file = api(viewer).get(f"{response['Location']}file/")
    assert b"".join(file.streaming_content) == b"%PDF-1.4"
    assert file["Content-Disposition"].startswith("attachment")


def test_a_paper_is_renamed_and_removed(api, owner, coin):
    client = api(owner)
    address = attach(client, coin, paper())["Location"]
    assert client.patch(address, {"name": "Bill"}).json()["name"] == "Bill"
    assert client.delete(address).status_code == 204
    assert not Attachment.objects.exists()


def test_a_page_is_no_paper(api, owner, coin):
    response = attach(api(owner), coin, paper("page.html", b"<script>"))
    assert "file" in response.json()["errors"]


def test_a_paper_comes_as_a_file(api, owner, coin):
    body = {"coin": coin.pk, "kind": "invoice", "file": "x"}
    assert api(owner).post(f"{ROOT}attachments/", body, format="json").status_code == 415
    assert "file" in attach(api(owner), coin, "text").json()["errors"]


def test_a_stranger_and_a_viewer_attach_nothing(api, stranger, viewer, coin):
    assert "coin" in attach(api(stranger), coin, paper()).json()["errors"]
    assert attach(api(viewer), coin, paper()).status_code == 403
    other = make_coin(make_collection(stranger))
    row = Attachment.objects.create(coin=other, name="x", file=paper())
    assert api(viewer).get(f"{ROOT}attachments/{row.pk}/file/").status_code == 404
