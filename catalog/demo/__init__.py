"""A collection that shows every feature: its facts lie in fixtures/demo, its pictures are drawn here."""
