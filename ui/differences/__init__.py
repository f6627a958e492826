"""Differences: a comparison shown to people and to programs, as coloured text, as a page, as data. Pure functions of it."""
