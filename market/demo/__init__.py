"""Invented sales for the demo: coins like those of its collection, sold over ten years by houses that do
not exist. No text, price or house is taken from a real one."""
