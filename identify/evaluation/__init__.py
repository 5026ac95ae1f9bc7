"""How good the shipped model is, on specimens that it was not taught:

labelled photos -> questions -> predictor (as `manage.py identify` asks it) -> outcomes -> figures -> page
"""
