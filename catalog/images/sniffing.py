"""What a file is by its first bytes. Names and declared types are only hints."""

import re
from pathlib import PurePath

HEAD = 4096
ACCEPTED = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
}
_MAGIC = [
    (rb"\xff\xd8\xff", "JPEG"),
    (rb"\x89PNG\r\n\x1a\n", "PNG"),
    (rb"GIF8[79]a", "GIF"),
    # "BM" begins many a text, so the size of the second header has to be one that exists
    (rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\x00\x00\x00", "BMP"),
    (rb"II\*\x00.{4}CR", "camera raw"),
    (rb"II[*+]\x00|MM\x00[*+]", "TIFF"),
    (rb"RIFF.{4}WEBP", "WEBP"),
    (rb"\xff\x0a|\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (rb"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (rb"8BPS", "Photoshop"),
    (rb"\x00\x00\x01\x00", "icon"),
    (rb"%PDF", "PDF"),
    (rb"PK\x03\x04", "ZIP archive"),
    (rb"\x1a\x45\xdf\xa3", "video"),
]
_SIGNS = [(re.compile(pattern, re.DOTALL), kind) for pattern, kind in _MAGIC]
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"}
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype html|<html|<head|<body", re.IGNORECASE)

_SUFFIXES = {
    **dict.fromkeys([".jpg", ".jpeg", ".jpe", ".jfif"], "JPEG"),
    **dict.fromkeys([".tif", ".tiff"], "TIFF"),
    **dict.fromkeys([".heic", ".heif", ".hif"], "HEIF"),
    **dict.fromkeys([".bmp", ".dib"], "BMP"),
    ".png": "PNG",
    ".webp": "WEBP",
    ".gif": "GIF",
    ".avif": "AVIF",
}
_RAW_SUFFIXES = {".dng", ".nef", ".arw", ".cr2", ".cr3", ".orf", ".rw2", ".raf"}
# What a browser or a letter may hold, but no photograph
OTHER_FILES = {"PDF", "ZIP archive", "video", "web page"}


def kind_of(head: bytes, name: str = "") -> str:
    """A Pillow format, or a word for what else it is; empty when nothing fits."""
    if PurePath(name).suffix.lower() in _RAW_SUFFIXES:
        return "camera raw"
    for sign, kind in _SIGNS:
        if sign.match(head):
            return kind
    if head[4:8] == b"ftyp":
        return _boxed(head)
    return _marked_up(head)


def claimed(name: str) -> str:
    """The format that the file's name promises; empty when it promises no image."""
    return _SUFFIXES.get(PurePath(name).suffix.lower(), "")


def _boxed(head: bytes) -> str:
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))}
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    return "HEIF" if brands & _HEIC_BRANDS else "video"


def _marked_up(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start != b"<":
        return ""
    page, drawing = _HTML.search(head), _SVG.search(head)
    if drawing and not (page and page.start() < drawing.start()):
        return "SVG"
    return "web page" if page else ""
