from tests.access import OWN_READ, Rule

RULES = {"identify:similar": Rule(OWN_READ, lambda world: {"pk": world.coin.pk})}
