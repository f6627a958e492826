"""The rules, one file a family. Importing this package registers them all."""

from evals.rules import anniversary, dates, enumeration, grounding, numbering, period, placeholders, structure

__all__ = ["anniversary", "dates", "enumeration", "grounding", "numbering", "period", "placeholders", "structure"]
