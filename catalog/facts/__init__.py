"""What a new site knows from the first minute, and the large tables that a curator may add.

fixtures/facts -> files -> loading (likeness, settling) -> storing -> rows, remembered as `Fact`
a table -> tables -> roman, united_states, vocabulary (words) -> settling -> storing -> rows
"""
