"""A file on its way into a collection.

file -> readers (a Table of texts) -> presets (whose file is it) -> guess (column -> target)
     -> check: verdicts (a row -> values or what is wrong with it)        nothing is written but verdicts
     -> run: verdicts again -> writing (250 coins in one transaction)     each row once, whatever dies
     -> photos (a row at a time) -> done -> undo (the same way back)
"""
