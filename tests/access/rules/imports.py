from tests.access import ANYBODY_SIGNED_IN, OWN_WRITE, Rule


def session(world: object) -> dict[str, int]:
    return {"pk": world.session.pk}  # type: ignore[attr-defined]


RULES = {
    "imports": Rule(ANYBODY_SIGNED_IN),
    "import": Rule(OWN_WRITE, session),
    "import-columns": Rule(OWN_WRITE, session),
    "import-letters": Rule(OWN_WRITE, session, method="post"),
    "import-start": Rule(OWN_WRITE, session, method="post"),
    "import-resume": Rule(OWN_WRITE, session, method="post"),
    "import-undo": Rule(OWN_WRITE, session),
    "import-forget": Rule(OWN_WRITE, session, method="post"),
    "import-refused": Rule(OWN_WRITE, session),
}
