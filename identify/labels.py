"""The label tree: what a label is a kind of, so that an answer can back off to it.

Labels are those of the models (`Antoninus Pius`, `20 Kroner|Norwegian Krone|norway`, `10c`); what
stands above them has names of our own (`flavian`), which WORDS tells. Compared without case."""

from catalog.refusals import gettext_noop as _

FAMILIES = {
    "julio_claudian": (
        "Augustus", "Tiberius", "Caligula", "Claudius", "Nero", "Agrippa", "Livia", "Drusus",
        "Germanicus", "Nero Claudius Drusus", "Antonia Minor", "Agrippina the Elder",
        "Agrippina the Younger", "Young Nero", "Gaius", "Britannicus", "Octavia", "Messalina",
    ),
    "civil_war_69": ("Galba", "Otho", "Vitellius", "Clodius Macer"),
    "flavian": (
        "Vespasian", "Titus", "Domitian", "Julia Titi", "Domitia", "Diva Domitilla", "Domitilla",
    ),
    "nerva_antonine": (
        "Nerva", "Trajan", "Hadrian", "Antoninus Pius", "Marcus Aurelius", "Lucius Verus",
        "Commodus", "Divus Trajan", "Plotina", "Marciana", "Matidia", "Sabina", "Aelius",
        "Faustina the Elder", "Faustina the Younger", "Lucilla", "Crispina",
    ),
    "severan": (
        "Pertinax", "Didius Julianus", "Pescennius Niger", "Clodius Albinus", "Septimius Severus",
        "Julia Domna", "Caracalla", "Geta", "Plautilla", "Macrinus", "Diadumenian", "Elagabalus",
        "Julia Maesa", "Julia Soaemias", "Julia Paula", "Aquilia Severa", "Severus Alexander",
        "Julia Mamaea", "Orbiana",
    ),
    "soldier_emperors": (
        "Maximinus Thrax", "Gordian I", "Gordian II", "Balbinus", "Pupienus", "Gordian III",
        "Philip the Arab", "Philip II", "Trajan Decius", "Herennia Etruscilla", "Herennius Etruscus",
        "Hostilian", "Trebonianus Gallus", "Volusian", "Aemilian", "Valerian", "Gallienus",
        "Salonina", "Saloninus", "Valerian II", "Claudius II Gothicus", "Quintillus", "Aurelian",
        "Severina", "Tacitus", "Florianus", "Probus", "Carus", "Numerian", "Carinus",
    ),
    "gallic_empire": ("Postumus", "Laelianus", "Marius", "Victorinus", "Tetricus I", "Tetricus II"),
    "british_empire": ("Carausius", "Allectus"),
    "maximian or galerius": ("Maximian", "Galerius"),  # the short legend MAXIMIANVS fits both
    "tetrarchy": (
        "Maximian or Galerius", "Diocletian", "Constantius I", "Constantius Chlorus", "Severus II",
        "Maximinus II Daia", "Maximinus Daia", "Maxentius", "Licinius", "Licinius I", "Constantine I",
    ),
    "constantinian": (
        "Crispus", "Licinius II", "Constantine II", "Constans", "Constantius II", "Helena", "Fausta",
        "Delmatius", "Hanniballianus", "Magnentius", "Decentius", "Constantius Gallus",
        "Julian the Apostate",
    ),
    "valentinian_theodosian": (
        "Jovian", "Valentinian I", "Valens", "Procopius", "Gratian", "Valentinian II",
        "Theodosius I", "Magnus Maximus", "Eugenius", "Arcadius", "Honorius", "Theodosius II",
        "Valentinian III",
    ),
}  # fmt: skip
PERIODS = {
    "principate": ("julio_claudian", "civil_war_69", "flavian", "nerva_antonine", "severan"),
    "third_century": ("soldier_emperors", "gallic_empire", "british_empire"),
    "late_empire": ("tetrarchy", "constantinian", "valentinian_theodosian"),
}
METALS = {
    "gold_coin": (
        "Aureus", "Quinarius aureus", "Solidus", "Semissis", "Tremissis",
    ),
    "silver_coin": (
        "Denarius", "Quinarius", "Cistophorus", "Drachma", "Didrachm", "Hemidrachm", "5 Denarius",
        "Antoninianus", "Argenteus", "Siliqua", "Light miliarensis", "Heavy miliarensis",
    ),
    "bronze_coin": (
        "Sestertius", "Dupondius", "As", "Semis", "Quadrans", "Uncia", "Triens", "AE Large",
        "AE Medium", "AE Small", "AE Half-unit", "AE Small, AE Medium", "AE1", "AE2", "AE3", "AE4",
        "Nummus",
    ),
}  # fmt: skip
EURO_COLOURS = {
    "euro_copper": ("1c", "2c", "5c"),
    "euro_brass": ("10c", "20c", "50c"),
    "euro_two_metals": ("1e", "2e"),
}
WORDS = {
    "julio_claudian": _("an emperor or relative of the Julio-Claudian house"),
    "civil_war_69": _("one of the rivals of 68 and 69"),
    "flavian": _("a Flavian"),
    "nerva_antonine": _("one of the adoptive emperors, Nerva to Commodus, or their family"),
    "severan": _("a Severan or a rival of that time"),
    "soldier_emperors": _("a soldier emperor, 235 to 285"),
    "gallic_empire": _("an emperor of the Gallic empire"),
    "british_empire": _("Carausius or Allectus"),
    "maximian or galerius": _("Maximian or Galerius"),
    "tetrarchy": _("a tetrarch or a rival of that time"),
    "constantinian": _("of the house of Constantine, or a rival"),
    "valentinian_theodosian": _("of the houses of Valentinian and Theodosius, or a rival"),
    "principate": _("of the first two and a half centuries of the empire"),
    "third_century": _("of the third century, 235 to 296"),
    "late_empire": _("of the late empire"),
    "gold_coin": _("a gold coin"),
    "silver_coin": _("a silver coin"),
    "bronze_coin": _("a bronze or brass coin"),
    "euro_copper": _("a copper-coloured cent: 1, 2 or 5"),
    "euro_brass": _("a golden cent: 10, 20 or 50"),
    "euro_two_metals": _("a euro coin of two metals: 1 or 2 euro"),
}


def fold(label: str) -> str:
    """`antoninus_pius`, as catalogues write it, is `Antoninus Pius`."""
    return " ".join(label.replace("_", " ").casefold().split())


def tree_of(*groups: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {
        fold(name): parent for group in groups for parent, names in group.items() for name in names
    }


TREES = {
    "ruler": tree_of(FAMILIES, PERIODS),
    "denomination": tree_of(METALS),
    "face_value": tree_of(EURO_COLOURS),
}


def parent_of(field: str, label: str) -> str:
    """Empty where nothing is above it."""
    if field == "world_coin":
        return label.rpartition("|")[2] if "|" in label else ""
    return TREES.get(field, {}).get(fold(label), "")


def ancestors(field: str, label: str) -> tuple[str, ...]:
    """Nearest first: dynasty, then period."""
    found: list[str] = []
    parent = parent_of(field, label)
    while parent and parent not in found:
        found.append(parent)
        parent = parent_of(field, parent)
    return tuple(found)
