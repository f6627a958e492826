"""The line at the top of every page: where one is, who one is, the language, the way out."""

from __future__ import annotations

from html import escape

from drafting.workspace.users import User
from ui.web import words
from ui.web.languages import TAGS, Language

_PAGES = {
    "": words.REPORTS,
    "desk": words.DESK,
    "review": words.REVIEW,
    "export": words.EXPORT,
    "administration": words.ADMINISTRATION,
}
_OF_ADMINISTRATORS = ("administration",)


def top(language: Language, who: User, page: str = "", *, base: str = "") -> str:
    """The line, with links to the pages that the person's roles open. `base` is the sub-path under which they stand."""
    other: Language = "en" if language == "zh" else "zh"
    return f"""<header class="top">
<strong>{words.NAME(language)}</strong>
<nav>{"".join(_link(f"{base}/{language}", language, path, path == page) for path in _open(who))}</nav>
<span class="who">{escape(who.name)}</span>
<a href="{base}/password">{words.CHANGE_PASSWORD(language)}</a>
<form method="post" action="{base}/logout"><button type="submit">{words.LOG_OUT(language)}</button></form>
<a href="{base}/language?to={other}" lang="{TAGS[other]}">{words.OTHER_LANGUAGE(language)}</a>
</header>"""


def _open(who: User) -> list[str]:
    return [path for path in _PAGES if path not in _OF_ADMINISTRATORS or who.may("administrator")]


def _link(under: str, language: Language, path: str, current: bool) -> str:
    here = ' aria-current="page"' if current else ""
    return f'<a href="{under}/{path}" data-nav="{path}"{here}>{_PAGES[path](language)}</a>'
