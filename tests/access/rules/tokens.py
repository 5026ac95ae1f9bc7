from tests.access import ANYBODY_SIGNED_IN, MINE, Rule

RULES = {
    "tokens": Rule(ANYBODY_SIGNED_IN),
    "token-add": Rule(
        ANYBODY_SIGNED_IN, method="post", data={"name": "Script", "scope": "read", "days": 30}
    ),
    "token-revoke": Rule(MINE, lambda world: {"pk": world.token.pk}, method="post"),
}
