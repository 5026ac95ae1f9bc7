from tests.access import EVERYBODY, Rule

RULES = {"healthz": Rule(EVERYBODY)}
