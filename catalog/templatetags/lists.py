from django import template

from catalog.cards import Card, card
from catalog.models import Coin

register = template.Library()


@register.filter
def as_card(coin: Coin) -> Card:
    """For pages that show a few coins; a list makes all its cards in one go."""
    return card(coin, (), 0)
