"""Lincoln cents: the date and the mint mark are read digit by digit."""

from identify.ml.cents.reading import CentReader

__all__ = ["CentReader"]
