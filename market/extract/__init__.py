"""What a dealer's lot text says of a coin: text in, a Reading out, with the place of every value.

    text -> language -> pedigree cut out -> measures, dates, metal, denomination, ruler, mint,
    references, grade, flags -> plausibility -> Reading

Pure: no database, no network, no clock. The tables are ours and lie in market/facts."""

from market.extract.reading import Reading, read
from market.extract.values import Found

__all__ = ["Found", "Reading", "read"]
