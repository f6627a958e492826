"""Documents out and in: a report as .docx, .md, .txt or .json, and any of these as a report."""

from drafting.documents.lines import Place
from drafting.documents.reading import Reading, read
from drafting.documents.rendering import Format, evidence, render

__all__ = ["Format", "Place", "Reading", "evidence", "read", "render"]
