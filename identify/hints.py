"""What to look at when it is one of two. English here; translated where it is shown."""

from catalog.refusals import gettext_noop as _
from identify.labels import fold

PAIRS = {
    ("Vespasian", "Titus"): _(
        "Vespasian is old, bald on top and hook-nosed. Titus is younger and heavier, with short curls; a lone T stands in his legend (T CAES, IMP TITVS)."
    ),
    ("Titus", "Domitian"): _(
        "Titus has a round, heavy face and a lone T in his legend. Domitian is slimmer, with hair brushed forward in waves; read DOMITIANVS or DOMIT, after 83 also GERM."
    ),
    ("Vespasian", "Domitian"): _(
        "Vespasian is old and bald on top. Domitian has a full head of hair; read DOMITIANVS or DOMIT."
    ),
    ("Augustus", "Tiberius"): _(
        "Tiberius begins his legend with TI CAESAR and has a long straight nose and hair low on the neck. Augustus has no TI; DIVVS AVGVSTVS is Augustus, struck after his death."
    ),
    ("Tiberius", "Claudius"): _(
        "Both begin with TI. Read on: TI CAESAR DIVI AVG F is Tiberius, TI CLAVD CAESAR is Claudius."
    ),
    ("Caligula", "Augustus"): _(
        "Read the first letter: C CAESAR is Caligula, while Augustus writes CAESAR without the C, or DIVVS."
    ),
    ("Claudius", "Nero"): _(
        "Read TI CLAVD for Claudius and NERO for Nero. Claudius has a long neck and a thin face; Nero grows ever heavier, with curls in steps over the brow."
    ),
    ("Galba", "Vitellius"): _(
        "Galba is lean and wrinkled; Vitellius is fat, with a double chin. Read GALBA or VITELLIVS."
    ),
    ("Galba", "Vespasian"): _(
        "Galba is lean and has hair over the brow; Vespasian is bald on top. Read GALBA or VESPASIANVS."
    ),
    ("Nerva", "Trajan"): _(
        "Nerva has a long thin neck and a hooked nose. Trajan wears straight hair combed down over the brow; he writes NERVA TRAIAN, so look for TRAIAN."
    ),
    ("Trajan", "Hadrian"): _(
        "Hadrian wears a beard and curls; Trajan is shaven, with straight hair. Early coins of Hadrian name TRAIANVS too, so look for HADRIANVS."
    ),
    ("Hadrian", "Antoninus Pius"): _(
        "Both wear beards. Read HADRIANVS or ANTONINVS; coins of 138 may name both, and then it is Antoninus."
    ),
    ("Diocletian", "Maximian"): _(
        "The heads are alike on purpose. Only the legend tells: DIOCLETIANVS or MAXIMIANVS; reverses with IOVI go with Diocletian, with HERCVLI with Maximian."
    ),
    ("Maximian", "Galerius"): _(
        "Both write MAXIMIANVS. With NOB CAES, or with GAL VAL before it, it is Galerius; with VAL alone, or with SEN AVG, it is Maximian."
    ),
    ("Diocletian", "Maximian or Galerius"): _(
        "The heads are alike on purpose. Only the legend tells: DIOCLETIANVS or MAXIMIANVS."
    ),
    ("Constantius I", "Constantine I"): _(
        "Read the letters after CONSTANT: IVS is Constantius, INVS is Constantine."
    ),
    ("Maximian or Galerius", "Maximinus II Daia"): _(
        "Read the letters after MAXIMI: ANVS is Maximian or Galerius, NVS is Maximinus."
    ),
    ("Constantius I", "Maximian or Galerius"): _(
        "Read CONSTANTIVS or MAXIMIANVS; Constantius has the longer nose and the flatter skull."
    ),
    ("As", "Dupondius"): _(
        "A dupondius is yellow brass and heavier, often with a crown of rays from Nero on; an as is red copper, with a laurel wreath."
    ),
    ("Sestertius", "Dupondius"): _(
        "Weigh it: a sestertius has about 25 g and more than 30 mm, a dupondius half of that weight."
    ),
    ("Sestertius", "As"): _("Weigh it: a sestertius has about 25 g, an as about 11 g."),
    ("As", "Semis"): _("Weigh it: an as has about 11 g, a semis 3 to 5 g."),
    ("Semis", "Quadrans"): _(
        "Measure it: a semis is 18 to 21 mm wide, a quadrans 14 to 18 mm and mostly without a portrait."
    ),
    ("Denarius", "Quinarius"): _(
        "Weigh it: a denarius has about 3.4 g, a quinarius half; a quinarius mostly shows Victory."
    ),
    ("Aureus", "Denarius"): _(
        "Gold or silver? In a picture without colours weigh it: an aureus has 7 to 8 g, a denarius about 3.4 g."
    ),
    ("Aureus", "Quinarius aureus"): _("Weigh it: an aureus has 7 to 8 g, its half 3.5 to 4 g."),
    ("Denarius", "Antoninianus"): _(
        "An antoninianus has a crown of rays, or an empress's bust on a crescent; a denarius does not."
    ),
    ("1c", "2c"): _(
        "Look at the edge: 2 cents have a groove all around. They are 18.75 mm wide, 1 cent 16.25 mm."
    ),
    ("2c", "5c"): _(
        "Look at the edge: 2 cents have a groove all around. They are 18.75 mm wide, 5 cents 21.25 mm."
    ),
    ("1c", "5c"): _("Measure it: 1 cent is 16.25 mm wide, 5 cents 21.25 mm."),
    ("10c", "20c"): _(
        "Look at the edge: 20 cents have seven notches, 10 cents many fine scallops. 10 cents are 19.75 mm wide, 20 cents 22.25 mm."
    ),
    ("20c", "50c"): _(
        "Look at the edge: 20 cents have seven notches, 50 cents many fine scallops. 20 cents are 22.25 mm wide, 50 cents 24.25 mm."
    ),
    ("10c", "50c"): _("Measure it: 10 cents are 19.75 mm wide, 50 cents 24.25 mm."),
    ("1e", "2e"): _(
        "1 euro is silvery inside and golden outside; 2 euro are golden inside and silvery outside."
    ),
    ("nickels", "quarters"): _(
        "A quarter has a reeded edge and is 24.3 mm wide; a nickel has a smooth edge and is 21.2 mm wide."
    ),
    ("dimes", "quarters"): _("Measure it: a dime is 17.9 mm wide, a quarter 24.3 mm."),
    ("dimes", "pennies"): _(
        "A dime has a reeded edge and is silvery; a cent has a smooth edge and, but for 1943, is copper-coloured."
    ),
    ("nickels", "dimes"): _(
        "A nickel has a smooth edge and is 21.2 mm wide; a dime has a reeded edge and is 17.9 mm wide."
    ),
}  # fmt: skip


def code_of(one: str, other: str) -> str:
    """The name of a hint, the same in either order; empty where we know none."""
    code = "/".join(sorted((fold(one), fold(other))))
    return code if code in HINTS else ""


HINTS = {"/".join(sorted((fold(one), fold(other)))): text for (one, other), text in PAIRS.items()}
