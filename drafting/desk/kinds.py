"""The kind that a document on the desk follows."""

from __future__ import annotations

from pathlib import Path

from drafting import profiles
from drafting.profile import Profile
from drafting.workspace.rows import Document

_USUAL = "work-summary"
"""The kind whose numbers and formulas a document follows that tells none."""


def profile_of(document: Document) -> Profile:
    """The profile of a report's kind, as far as it can be found from here."""
    return profiles.load_if_any(document.kind, Path(document.source).parent) or profiles.load(_USUAL)
