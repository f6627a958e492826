"""The page of reports: the table, the history of the one that is chosen, two of its versions compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr

from drafting.errors import ChengwenError
from drafting.workspace.workspace import Workspace
from ui.web import words
from ui.web.english import said
from ui.web.handlers import asking, versions
from ui.web.handlers import reports as listing
from ui.web.html import head, history
from ui.web.html import reports as html
from ui.web.languages import Language
from ui.web.pages.frame import start
from ui.web.services import Services

_CHOOSE_REPORT = """
element.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-report]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  element.querySelectorAll('[aria-current]').forEach((row) => row.removeAttribute('aria-current'));
  link.closest('tr').setAttribute('aria-current', 'true');
  window.history.replaceState(null, '', `?report=${link.dataset.report}`);
  trigger('select', { report: link.dataset.report });
});
"""
_CHOOSE_VERSIONS = """
element.addEventListener('click', (event) => {
  if (!event.target.closest('[data-compare]')) return;
  const chosen = (side) => element.querySelector(`input[name=${side}]:checked`)?.value;
  trigger('select', { report: element.querySelector('[data-report]').dataset.report, old: chosen('old'), new: chosen('new') });
});
"""
_GO_TO_CHANGE = """
element.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  const place = element.querySelector(`#${CSS.escape(link.getAttribute('href').slice(1))}`);
  if (!place) return;
  element.querySelectorAll('.found').forEach((one) => one.classList.remove('found'));
  place.closest('details')?.setAttribute('open', '');
  place.classList.add('found');
  place.scrollIntoView({ block: 'center' });
});
"""
"""The page has a <base>, under which a bare #anchor would load the page anew."""


def page(blocks: gr.Blocks, services: Services, language: Language) -> None:
    """The page in one language, inside the open Blocks."""
    answers = _Answers(services.workspace, language, services.settings.base)
    top = gr.HTML(apply_default_css=False, js_on_load=None)
    gr.HTML(
        f'<div data-page="reports" data-language="{language}"></div>',
        apply_default_css=False,
        js_on_load=start(services, "reports"),
    )
    with gr.Row(elem_classes="filters"):
        search = _search(language)
        state = _state(language)
    table = gr.HTML(apply_default_css=False, js_on_load=_CHOOSE_REPORT, elem_id="reports")
    chosen = gr.HTML(apply_default_css=False, js_on_load=_CHOOSE_VERSIONS, elem_id="history")
    difference = gr.HTML(apply_default_css=False, js_on_load=_GO_TO_CHANGE, elem_id="comparison")

    blocks.load(answers.first, None, [top, table, chosen], api_visibility="private", show_progress="hidden")
    gr.on(
        [search.change, state.change],
        answers.filtered,
        [search, state],
        table,
        trigger_mode="always_last",
        api_visibility="private",
        show_progress="hidden",
    )
    table.select(
        answers.opened,
        None,
        [chosen, difference],
        trigger_mode="always_last",
        api_visibility="private",
        show_progress="hidden",
    )
    chosen.select(answers.compared, None, difference, trigger_mode="always_last", api_visibility="private")


@dataclass(frozen=True, slots=True)
class _Answers:
    """What happens on the page: each asks a handler in the name of who is logged in, and shows what it returns."""

    workspace: Workspace
    language: Language
    base: str

    def first(self, request: gr.Request) -> tuple[str, str, str]:
        """The page as it opens, with the report that its address names."""
        asked = request.query_params.get("report")
        history = self._history(request, asked) if asked else html.notice(words.CHOOSE_REPORT(self.language))
        return (
            head.top(self.language, asking.asked_account(self.workspace, request.username), base=self.base),
            self.filtered("", "all", request),
            history,
        )

    def filtered(self, search: object, state: object, request: gr.Request) -> str:
        return self._told(
            lambda: html.table(self.language, listing.table(self.workspace, _who(request), search, state))
        )

    def opened(self, event: gr.EventData, request: gr.Request) -> tuple[str, str]:
        """A report's history; the comparison of another one goes."""
        return self._history(request, _sent(event, "report")), ""

    def compared(self, event: gr.EventData, request: gr.Request) -> str:
        ids = (_sent(event, "report"), _sent(event, "old"), _sent(event, "new"))
        return self._told(
            lambda: history.comparison(self.language, versions.compared(self.workspace, _who(request), *ids))
        )

    def _history(self, request: gr.Request, report: object) -> str:
        return self._told(lambda: history.history(self.language, versions.told(self.workspace, _who(request), report)))

    def _told(self, ask: Callable[[], str]) -> str:
        """What a handler gives, or its refusal in a line."""
        try:
            return ask()
        except ChengwenError as error:
            return html.notice(words.FAILED(self.language, reason=said(self.language, error)), problem=True)


def _search(language: Language) -> gr.Textbox:
    return gr.Textbox(
        label=words.SEARCH(language), placeholder=words.SEARCH_HINT(language), max_lines=1, scale=2, max_length=200
    )


def _state(language: Language) -> gr.Radio:
    choices: list[str | int | float | tuple[str, str | int | float]] = [
        (text(language), key) for key, text in words.STATES.items()
    ]
    return gr.Radio(choices, value="all", label=words.STATE(language), scale=3)


def _who(request: gr.Request) -> str:
    return asking.asked_name(request.username)


def _sent(event: gr.EventData, name: str) -> object:
    """What the page sent under a name; it may have sent anything, or nothing."""
    data: object = event._data
    return data.get(name) if isinstance(data, dict) else None
