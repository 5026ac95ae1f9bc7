"""From what a visitor sent (files, a link) to photos, each with its verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, QueryDict

from catalog import duplicates
from catalog.fetch import FetchRefused, fetch_image
from catalog.images import ImageRefused
from catalog.models import Coin, Collection, Photo, User
from catalog.photos import Draft, add_draft, add_drafts, store
from catalog.refusals import Refusal
from catalog.sentences import sentence
from catalog.templatetags.photos import photo_url


class Capped(FileUploadHandler):
    """Lets no file fill the disk: what goes beyond the cap is dropped on the way. The file is then still
    too large, and refused by its name like any other."""

    def __init__(self, request: HttpRequest, cap: int) -> None:
        super().__init__(request)
        self.cap = cap

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= self.cap else None

    def file_complete(self, file_size: int) -> None:
        return None


@dataclass
class Upload:
    """What became of it, in the order of the files."""

    coins: list[Coin] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[duplicates.Duplicate] = field(default_factory=list)

    def refuse(self, name: str, refusal: Refusal) -> None:
        self.refusals.append((name, sentence(refusal)))

    def note(self, draft: Draft) -> None:
        self.coins += [draft.coin] if draft.coin else []
        self.photos += draft.photos
        for name, refusal in draft.refusals:
            self.refuse(name, refusal)

    def told(self) -> dict[str, Any]:
        return {
            "coins": [{"pk": coin.pk, "url": coin.get_absolute_url()} for coin in self.coins],
            "photos": [
                {"name": photo.name, "role": photo.role, "src": photo_url(photo, "thumb")}
                for photo in self.photos
            ],
            "refusals": [{"name": name, "sentence": why} for name, why in self.refusals],
            "warnings": [
                {"sentence": one.sentence, "url": one.coin.get_absolute_url()}
                for one in self.warnings
            ],
        }


def receive(
    collection: Collection, coin: Coin | None, files: Sequence[File], said: QueryDict, user: User
) -> Upload:
    """Files and a link go to the coin, else to drafts: together to one where a script, which has
    planned it, sends a role with each."""
    upload = Upload()
    roles = said.getlist("role")
    if coin:
        for at, file in enumerate(files):
            add_to(coin, file, known_role(roles[at : at + 1]), user, upload)
    elif roles:
        group = [(file, known_role(roles[at : at + 1])) for at, file in enumerate(files)]
        upload.note(add_draft(collection, group, user))
    else:
        for draft in add_drafts(collection, files, user, "consecutive" in said):
            upload.note(draft)
    if link := said.get("link", "").strip():
        follow(link, collection, coin, user, upload)
    found = duplicates.by_photos(upload.photos, user)
    # a coin is named once, however many of its photos are alike
    upload.warnings = list({one.coin.pk: one for one in reversed(found)}.values())[::-1]
    return upload


def add_to(
    coin: Coin, file: File, role: str, user: User, upload: Upload, source_url: str = ""
) -> None:
    name = file.name or ""
    try:
        upload.photos.append(store(coin, file, name, role, user, source_url))
    except ImageRefused as refusal:
        upload.refuse(name, refusal)


def follow(
    link: str, collection: Collection, coin: Coin | None, user: User, upload: Upload
) -> None:
    try:
        file = picture_at(link)
    except FetchRefused as refusal:
        return upload.refuse(link, refusal)
    if coin:
        add_to(coin, file, "", user, upload, link)
    else:
        upload.note(add_draft(collection, [(file, "")], user, link))


def picture_at(link: str) -> File:
    fetched = fetch_image(link, max_bytes=settings.MAX_PHOTO_BYTES)
    name = PurePosixPath(unquote(urlsplit(fetched.final_url).path)).name
    return ContentFile(fetched.data, name[-200:] or "photo")


def known_role(said: list[str]) -> str:
    return said[0] if said and said[0] in Photo.Role.values else ""
