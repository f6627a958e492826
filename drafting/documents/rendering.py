"""Documents out: a report in any of its formats."""

from __future__ import annotations

from typing import Literal

from drafting.documents import markdown, plain_text
from drafting.profile import Layout
from drafting.report import Report

Format = Literal["docx", "md", "txt", "json"]


def render(report: Report, format: Format, layout: Layout, mark: str = "") -> bytes:
    """The report's document; the same arguments give the same bytes.

    Layout and `mark`, the lines at the head of every page of a draft (送审稿), are for .docx alone.
    """
    match format:
        case "docx":
            from drafting.documents.docx_writer import docx_bytes  # python-docx takes 0.1 s to import

            return docx_bytes(report, layout, mark)
        case "md":
            return markdown.text(report).encode()
        case "txt":
            return plain_text.text(report).encode()
        case "json":
            return report.dumps()


def evidence(report: Report, layout: Layout, mark: str = "") -> bytes:
    """The evidence copy: the same .docx, with a comment on every point that shows its facts and how it was worded."""
    from drafting.documents.evidence_copy import evidence_bytes

    return evidence_bytes(report, layout, mark)
