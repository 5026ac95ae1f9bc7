"""The site's own line drawings, 24 × 24, in the colour of the text around them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "add": "M12 5v14M5 12h14",
    "alert": "M12 4 2.5 20h19L12 4ZM12 10v4M12 17v.5",
    "archive": "M4 4h16v4H4zM5 8v12h14V8M10 12h4",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "box": "m12 3 8 4.5v9L12 21l-8-4.5v-9L12 3ZM4 7.5l8 4.5 8-4.5M12 12v9",
    "camera": "M3 8h4l2-3h6l2 3h4v11H3zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z",
    "cards": "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
    "chart": "M4 20V4M4 20h16M8 16v-5M12 16V8M16 16v-3",
    "check": "m5 12 5 5L19 7",
    "close": "m6 6 12 12M18 6 6 18",
    "coin": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z",
    "collection": "M4 5h16v14H4zM4 12h16M9 8.500h6M9 15.500h6",
    "compare": "M12 3v18M4 6h5v12H4zM15 6h5v12h-5z",
    "copy": "M8 8h12v12H8zM16 8V4H4v12h4",
    "crop": "M7 2v15h15M2 7h15v15",
    "down": "m6 9 6 6 6-6",
    "download": "M12 4v11M7 10l5 5 5-5M4 20h16",
    "edit": "M4 20h4L19 9l-4-4L4 16v4ZM13 7l4 4",
    "eye": "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
    "filter": "M3 5h18l-7 8v6l-4-2v-4L3 5Z",
    "grid": "M4 4h4v4H4zM10 4h4v4h-4zM16 4h4v4h-4zM4 10h4v4H4zM10 10h4v4h-4zM16 10h4v4h-4zM4 16h4v4H4zM10 16h4v4h-4zM16 16h4v4h-4z",
    "history": "M4 12a8 8 0 1 0 2.500-5.800L4 8.500M4 4v4.500h4.500M12 8v4.500l3 2",
    "home": "m3 11 9-7 9 7M5 10v10h14V10M10 20v-6h4v6",
    "import": "M12 15V4M7 9l5-5 5 5M4 20h16",
    "key": "M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 12h9M18 12v4M15 12v3",
    "label": "M3 12V4h8l10 10-8 8L3 12ZM7.500 8v.5",
    "left": "m15 6-6 6 6 6",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
    "list": "M4 6h16M4 12h16M4 18h16",
    "map": "m3 6 6-2 6 2 6-2v14l-6 2-6-2-6 2V6ZM9 4v14M15 6v14",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "moon": "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10Z",
    "more": "M6 12v.5M12 12v.5M18 12v.5",
    "photo": "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9v.5",
    "place": "M12 21s7-6.500 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12ZM12 11.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "question": "M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.500v.5",
    "right": "m9 6 6 6-6 6",
    "rotate": "M20 12a8 8 0 1 1-2.500-5.800L20 8.500M20 4v4.500h-4.500",
    "save": "M5 4h11l3 3v13H5zM8 4v5h7V4M8 20v-6h8v6",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16 16l5 5",
    "set": "M12 3 3 8l9 5 9-5-9-5ZM3 12l9 5 9-5M3 16l9 5 9-5",
    "settings": "M4 7h10M18 7h2M16 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM4 17h2M10 17h10M8 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
    "share": "M8 12 16 7M8 12l8 5M6 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM18 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM18 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
    "sort": "M8 5v14M4 15l4 4 4-4M16 19V5M12 9l4-4 4 4",
    "star": "m12 4 2.500 5.200 5.700.8-4.100 4 1 5.700-5.100-2.700-5.100 2.700 1-5.700-4.100-4 5.700-.8L12 4Z",
    "sun": "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500 19 19M5 19l1.500-1.500M17.500 6.500 19 5",
    "table": "M4 5h16v14H4zM4 10h16M4 15h16M10 5v14",
    "tag": "M3 12V4h8l10 10-8 8L3 12ZM7.500 8v.5",
    "trash": "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
    "undo": "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
    "user": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21c0-4 3.500-6.500 8-6.500s8 2.500 8 6.500",
    "users": "M9 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2 21c0-4 3-6.500 7-6.500s7 2.500 7 6.500M16 4.500a4 4 0 0 1 0 7M18 15c2.500.8 4 3 4 6",
    "zoom": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16 16l5 5M11 8v6M8 11h6",
}  # fmt: skip


def draw(name: str, label: str = "") -> SafeString:
    spoken = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"'
        ' stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" {}><path d="{}"/></svg>',
        spoken,
        PATHS[name],
    )
