"""An invoice and a certificate, as a dealer would send them."""

import hashlib
import io

from django.core.files.base import ContentFile

from catalog.models import Attachment, Coin, User


def add_papers(coin: Coin, user: User) -> None:
    trade = coin.trades.first()
    if trade is None:
        return
    total = trade.price + trade.fees + trade.shipping
    lines = [
        f"{trade.sale} · lot {trade.lot}", f"{coin}", "",
        f"Hammer price   {trade.price} {trade.currency}", f"Premium   {trade.fees} {trade.currency}",
        f"Postage   {trade.shipping} {trade.currency}", f"Total   {total} {trade.currency}",
    ]  # fmt: skip
    attach(
        coin, user, Attachment.Kind.INVOICE, "invoice.pdf", page(f"{trade.party} · Invoice", lines)
    )
    lines = [
        f"{coin}",
        f"{coin.weight} g, {coin.diameter} mm",
        "In our opinion genuine and untouched.",
    ]
    attach(coin, user, Attachment.Kind.CERTIFICATE, "certificate.pdf", page("Certificate", lines))


def attach(coin: Coin, user: User, kind: str, name: str, data: bytes) -> None:
    Attachment.objects.create(
        coin=coin, kind=kind, name=name, file=ContentFile(data, name), size=len(data),
        sha256=hashlib.sha256(data).hexdigest(), added_by=user,
    )  # fmt: skip


def page(heading: str, lines: list[str]) -> bytes:
    from reportlab.lib.pagesizes import A5
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A5, invariant=1)
    canvas.setTitle(heading)
    canvas.setFont("Times-Roman", 18)
    canvas.drawString(48, 520, heading)
    canvas.line(48, 508, 372, 508)
    canvas.setFont("Times-Roman", 11)
    for n, line in enumerate(lines):
        canvas.drawString(48, 480 - n * 18, line[:70])
    canvas.setFont("Times-Italic", 9)
    canvas.drawString(48, 48, "Invented for the demo; no such dealer exists.")
    canvas.save()
    return out.getvalue()
