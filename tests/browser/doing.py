"""What several browser tests do in the same way."""

import base64
from typing import Any

from django.conf import settings
from django.test import Client

from catalog.models import User

DROP = """([files, selector]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type: "image/jpeg" }));
  }
  const target = document.querySelector(selector);
  for (const kind of ["dragenter", "dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""

# Several looks, because what arrives may ask for more
SETTLED = """() => new Promise((done) => {
  let quiet = 0;
  const look = () => {
    quiet = document.querySelector(".htmx-request") ? 0 : quiet + 1;
    quiet > 5 ? done() : requestAnimationFrame(look);
  };
  look();
})"""


def sign_in(context: Any, user: User, url: str) -> None:
    """Where the form is not what is tested: its cookie, without the form."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


def settle(page: Any) -> None:
    """Loaded, its scripts at work, and nothing on its way. "networkidle" would wait for half a second of silence."""
    page.wait_for_load_state("load")
    page.evaluate(SETTLED)


def drop(page: Any, photos: dict[str, bytes], on: str = "body") -> None:
    files = [[name, base64.b64encode(data).decode()] for name, data in photos.items()]
    page.evaluate(DROP, [files, on])
