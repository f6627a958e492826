"""docs/cli.md: every command with its arguments and options, generated from the commands themselves.

`python -m ui.cli.manual > docs/cli.md` writes it; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator

import click
import typer

from ui.cli.app import app

_HEAD = "# Commands\n\nGenerated from `chengwen --help`; do not edit.\n"


def manual() -> str:
    """The page's text."""
    root = typer.main.get_command(app)
    return _HEAD + "".join(_pages(root, click.Context(root, info_name="chengwen")))


def _pages(command: click.Command, context: click.Context) -> Iterator[str]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _pages(child, click.Context(child, info_name=name, parent=context))
        return
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"\n## {context.command_path}\n\n```\n{context.command_path} {usage}\n```\n\n{(command.help or '').strip()}\n"
    rows = [_row(parameter, context) for parameter in command.params]
    if rows:
        yield "\n| | |\n| --- | --- |\n" + "\n".join(rows) + "\n"


def _row(parameter: click.Parameter, context: click.Context) -> str:
    record = parameter.get_help_record(context)
    name, text = record if record else (parameter.human_readable_name, "")
    return f"| `{name}` | {text.strip()} |".replace(" |  |", " | |")


if __name__ == "__main__":
    typer.echo(manual(), nl=False)
