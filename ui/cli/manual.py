"""docs/cli.md: what every command says of itself under --help, generated.

`python -m ui.cli.manual > docs/cli.md` writes it; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator

import typer
from typer.testing import CliRunner

from ui.cli.app import app

_HEAD = "# Commands\n\nGenerated from `chengwen --help`; do not edit.\n"
_WIDTH = 100


def manual() -> str:
    """The page's text."""
    return _HEAD + "".join(_page(words) for words in _commands(app, ()))


def _commands(group: typer.Typer, before: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for command in group.registered_commands:
        yield (*before, str(command.name or getattr(command.callback, "__name__", "")))
    for child in group.registered_groups:
        if child.typer_instance is not None:
            yield from _commands(child.typer_instance, (*before, str(child.name)))


def _page(words: tuple[str, ...]) -> str:
    shown = CliRunner().invoke(app, [*words, "--help"], prog_name="chengwen", terminal_width=_WIDTH)
    lines = (line.rstrip() for line in shown.stdout.strip().splitlines())
    return f"\n## chengwen {' '.join(words)}\n\n```\n" + "\n".join(lines) + "\n```\n"


if __name__ == "__main__":
    typer.echo(manual(), nl=False)
