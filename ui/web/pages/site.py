"""All pages in one language: one Gradio app with a route for each."""

from __future__ import annotations

import gradio as gr

from ui.web import words
from ui.web.languages import Language
from ui.web.pages import administration, desk, export, reports, review, roll
from ui.web.services import Services

_AT_ONCE = 2
"""Answers of one kind at a time. Gradio's own bound is one; with eight, 50 users searching at once waited 1.6 times as long as with two."""

_BETWEEN = 0.05
"""Seconds between two looks into Gradio's queue. By itself it looks every millisecond for each language, and keeps waking a server at rest."""


def site(services: Services, language: Language) -> gr.Blocks:
    """The first page is the table of reports; the paths of the others are the door's PAGES."""
    blocks = gr.Blocks(title=words.NAME(language), analytics_enabled=False, fill_width=True)
    with blocks:
        reports.page(blocks, services, language)
    for path, name, page in (
        ("desk", words.DESK, desk.page),
        ("review", words.REVIEW, review.page),
        ("export", words.EXPORT, export.page),
        ("administration", words.ADMINISTRATION, administration.page),
        ("roll", words.ROLL, roll.page),
    ):
        with blocks.route(name(language), path, show_in_navbar=False):
            page(blocks, services, language)
    queue = blocks.queue(default_concurrency_limit=_AT_ONCE)._queue
    queue.sleep_when_free = queue.progress_update_sleep_when_free = _BETWEEN
    return blocks
