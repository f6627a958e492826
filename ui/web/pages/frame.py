"""The frame of a page that a script of ours fills: the line at the top, and an empty root."""

from __future__ import annotations

import gradio as gr

from ui.web.handlers import asking
from ui.web.html import head
from ui.web.languages import Language
from ui.web.services import Services


def start(services: Services, name: str) -> str:
    """The script that fills a page's root: that of /static/NAME/main.js."""
    address = f"{services.settings.base}/static/{name}/main.js"
    return f"import('{address}').then((page) => page.start(element.querySelector('[data-page]')));"


def frame(blocks: gr.Blocks, services: Services, language: Language, name: str) -> None:
    """Loads /static/NAME/main.js, whose `start` is given the root. The root's data tell the language; the page's address, the report."""
    top = gr.HTML(apply_default_css=False, js_on_load=None)
    gr.HTML(
        f'<div data-page="{name}" data-language="{language}" class="page {name}"></div>',
        apply_default_css=False,
        js_on_load=start(services, name),
        elem_id=name,
    )

    base = services.settings.base

    def first(request: gr.Request) -> str:
        return head.top(language, asking.asked_account(services.workspace, request.username), name, base=base)

    blocks.load(first, None, top, api_visibility="private", show_progress="hidden")
