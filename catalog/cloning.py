import uuid

from django.db import transaction

from catalog.access import Visitor
from catalog.editing import change
from catalog.fields import fields_of
from catalog.models import Coin

# What can be true of one piece only: a second coin of the same kind has its own.
NEVER_COPIED = {"number", "certificate", "grade_service", "grade_details", "weight", "diameter"}


@transaction.atomic
def clone(coin: Coin, by: Visitor) -> Coin:
    twin = Coin(collection=coin.collection, uid=uuid.uuid4())
    known = fields_of(coin.collection.owner)
    values = {name: field.get(coin) for name, field in known.items() if name not in NEVER_COPIED}
    change(twin, {name: value for name, value in values.items() if value not in (None, "", [])}, by)
    return twin
