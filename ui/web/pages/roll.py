"""The page of a walk from last period's report: a root that its script fills."""

from __future__ import annotations

import gradio as gr

from ui.web.languages import Language
from ui.web.pages.frame import frame
from ui.web.services import Services


def page(blocks: gr.Blocks, services: Services, language: Language) -> None:
    """The page in one language, inside the open Blocks."""
    frame(blocks, services, language, "roll")
