"""What dealers remark on a coin, as the pages call it in the language of whoever reads them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

FLAGS: dict[str, str | Promise] = {
    "attractively_toned": gettext_lazy("attractively toned"),
    "banker_mark": gettext_lazy("banker’s mark"),
    "bent": gettext_lazy("bent"),
    "broad_flan": gettext_lazy("broad flan"),
    "brockage": gettext_lazy("brockage"),
    "brushed": gettext_lazy("brushed"),
    "cabinet_tone": gettext_lazy("cabinet tone"),
    "cleaned": gettext_lazy("cleaned"),
    "clipped": gettext_lazy("clipped"),
    "corroded": gettext_lazy("corroded"),
    "countermark": gettext_lazy("countermark"),
    "crystallized": gettext_lazy("crystallized"),
    "deposits": gettext_lazy("deposits"),
    "die_break": gettext_lazy("die break"),
    "die_rust": gettext_lazy("die rust"),
    "die_wear": gettext_lazy("die wear"),
    "double_struck": gettext_lazy("double struck"),
    "edge_chip": gettext_lazy("edge chip"),
    "edge_split": gettext_lazy("edge split"),
    "edge_test": gettext_lazy("edge test"),
    "find_patina": gettext_lazy("find patina"),
    "flan_crack": gettext_lazy("flan crack"),
    "flan_flaw": gettext_lazy("flan flaw"),
    "fourree": gettext_lazy("fourrée"),
    "gilded": gettext_lazy("gilded"),
    "graffiti": gettext_lazy("graffiti"),
    "granular": gettext_lazy("granular"),
    "hoard": gettext_lazy("hoard"),
    "horn_silver": gettext_lazy("horn silver"),
    "iridescent": gettext_lazy("iridescent"),
    "lamination": gettext_lazy("lamination"),
    "lustrous": gettext_lazy("lustrous"),
    "marks": gettext_lazy("marks"),
    "mount_removed": gettext_lazy("mount removed"),
    "off_centre": gettext_lazy("off centre"),
    "overstruck": gettext_lazy("overstruck"),
    "pierced": gettext_lazy("pierced"),
    "plate_coin": gettext_lazy("plate coin"),
    "plugged": gettext_lazy("plugged"),
    "porous": gettext_lazy("porous"),
    "quality_portrait": gettext_lazy("quality portrait"),
    "quality_style": gettext_lazy("quality style"),
    "ragged_edge": gettext_lazy("ragged edge"),
    "rare": gettext_lazy("rare"),
    "rough": gettext_lazy("rough"),
    "scratches": gettext_lazy("scratches"),
    "sea_salvaged": gettext_lazy("sea salvaged"),
    "short_flan": gettext_lazy("short flan"),
    "slab": gettext_lazy("slab"),
    "smoothed": gettext_lazy("smoothed"),
    "test_cut": gettext_lazy("test cut"),
    "toned": gettext_lazy("toned"),
    "tooled": gettext_lazy("tooled"),
    "weak_strike": gettext_lazy("weak strike"),
    "well_centred": gettext_lazy("well centred"),
    "well_struck": gettext_lazy("well struck"),
}


def flag_name(flag: str) -> str:
    return str(FLAGS.get(flag, flag.replace("_", " ")))


def flag_choices() -> list[tuple[str, str]]:
    """For a filter: (as it stands in the address, as it is called), in the order of what it is called."""
    return sorted(((flag, flag_name(flag)) for flag in FLAGS), key=lambda one: one[1].casefold())
