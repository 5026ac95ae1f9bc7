import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import Attachment, FieldChange, Provenance, Trade, Valuation
from tests.factories import make_trade

pytestmark = pytest.mark.django_db

PURCHASE = {
    "kind": "purchase", "date": "2019-03-04", "price": "100", "currency": "usd", "fees": "20",
    "shipping": "8",
}  # fmt: skip


def test_a_purchase_keeps_fees_apart_and_counts_them_in_the_cost(as_user, owner, coin):
    as_user(owner).post(f"/coins/{coin.pk}/trade/add/", PURCHASE)
    trade = Trade.objects.get()
    assert (trade.price, trade.fees, trade.shipping, trade.currency) == (100, 20, 8, "USD")
    assert trade.tax_lot
    coin.refresh_from_db()
    assert 110 < coin.cost < 116  # 128 USD in EUR at the rate of that day


def test_an_amount_that_cannot_be_converted_says_so(as_user, owner, coin):
    as_user(owner).post(f"/coins/{coin.pk}/trade/add/", PURCHASE | {"currency": "XAU"})
    coin.refresh_from_db()
    assert coin.cost is None
    assert "could not be converted" in as_user(owner).get(coin.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", "-1"),
        ("price", "lots"),
        ("currency", "E€R"),
        ("date", "2999-01-01"),
        ("date", "soon"),
    ],
)
def test_a_bad_purchase_is_refused_beside_its_field(as_user, owner, coin, field, value):
    response = as_user(owner).post(f"/coins/{coin.pk}/trade/add/", PURCHASE | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_removed_purchase_stays_in_the_history(as_user, owner, coin):
    trade = make_trade(coin)
    as_user(owner).post(f"/trade/{trade.pk}/delete/")
    assert not Trade.objects.exists()
    assert FieldChange.objects.get().old == "Purchase 100.00 EUR"


def test_valuations_are_only_ever_added(as_user, owner, coin):
    for amount in ("150", "180"):
        as_user(owner).post(
            f"/coins/{coin.pk}/valuation/add/",
            {"date": "2024-01-02", "amount": amount, "currency": "EUR", "source": "A dealer"},
        )
    assert Valuation.objects.count() == 2
    coin.refresh_from_db()
    assert coin.value == 180


def test_the_chain_of_owners_can_be_put_in_order(as_user, owner, coin):
    client = as_user(owner)
    for holder in ("Hess", "Leu", "Me"):
        client.post(f"/coins/{coin.pk}/provenance/add/", {"holder": holder})
    last = Provenance.objects.get(holder="Me")
    client.post(f"/provenance/{last.pk}/move/", {"to": "up"})
    assert [row.holder for row in coin.provenance.all()] == ["Hess", "Me", "Leu"]


def attach(client, coin, name="invoice.pdf", data=b"%PDF-1.4"):
    return client.post(f"/coins/{coin.pk}/attachment/add/", {
        "kind": "invoice", "file": SimpleUploadedFile(name, data)})  # fmt: skip


def test_an_attachment_comes_back_as_a_download(as_user, owner, coin):
    attach(as_user(owner), coin)
    paper = Attachment.objects.get()
    response = as_user(owner).get(f"/attachment/{paper.pk}/")
    assert b"".join(response.streaming_content) == b"%PDF-1.4"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_page_of_html_cannot_be_attached(as_user, owner, coin):
    assert attach(as_user(owner), coin, "page.html").status_code == 422
    assert not Attachment.objects.exists()


def test_a_stranger_gets_no_paper(as_user, owner, stranger, coin):
    attach(as_user(owner), coin)
    assert as_user(stranger).get(f"/attachment/{Attachment.objects.get().pk}/").status_code == 404
