from tests.access import ANYBODY_SIGNED_IN, Rule

RULES = {"dashboard": Rule(ANYBODY_SIGNED_IN)}
