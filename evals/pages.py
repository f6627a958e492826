"""Pages: what each rule means, with a bad and a good example that a test holds it to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from textwrap import indent

_FRONT = re.compile(r"\A---\n(?P<front>.*?)^---\n+(?P<text>.*)\Z", re.DOTALL | re.MULTILINE)
_EXAMPLE = re.compile(r"^```(?P<kind>bad|good)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """`settings` is the front matter: what the examples are told of (period, issued, organ, profile, facts); `text` is Markdown."""

    code: str
    settings: dict[str, str]
    text: str

    @property
    def bad(self) -> tuple[str, ...]:
        return self._examples("bad")

    @property
    def good(self) -> tuple[str, ...]:
        return self._examples("good")

    @property
    def plain(self) -> str:
        """The text for a terminal: examples indented, without their fences."""
        return _EXAMPLE.sub(lambda match: indent(match["text"].rstrip("\n"), "    "), self.text)

    def _examples(self, kind: str) -> tuple[str, ...]:
        return tuple(match["text"] for match in _EXAMPLE.finditer(self.text) if match["kind"] == kind)


@cache
def page_of(code: str) -> Page:
    """The page of that rule. Raises LookupError where there is none: every rule has one."""
    source = files("evals").joinpath("rules", "pages", f"{code}.md")
    if not source.is_file():
        raise LookupError(f"规则 {code} 没有说明页")
    match = _FRONT.match(source.read_text(encoding="utf-8"))
    if match is None:
        raise LookupError(f"规则 {code} 的说明页没有页首")
    pairs = (line.split(":", 1) for line in match["front"].splitlines() if ":" in line)
    return Page(code, {name.strip(): value.strip() for name, value in pairs}, match["text"].rstrip() + "\n")


def codes() -> tuple[str, ...]:
    """The codes that have a page."""
    return tuple(
        sorted(
            path.name[:-3] for path in files("evals").joinpath("rules", "pages").iterdir() if path.name.endswith(".md")
        )
    )
