"""`chengwen`: the commands put together, and the one place where an error becomes a line and an exit status."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from drafting.happenings import REQUEST
from ui.cli.batches import batches
from ui.cli.check import check
from ui.cli.conflicts import conflicts
from ui.cli.dates import dates
from ui.cli.diff import diff
from ui.cli.doctor import doctor
from ui.cli.draft import draft
from ui.cli.eval import evaluate
from ui.cli.export import export
from ui.cli.import_ import import_
from ui.cli.log import log, show
from ui.cli.model import app as model
from ui.cli.new import new
from ui.cli.profile import app as profile
from ui.cli.regenerate import regenerate
from ui.cli.review import comment, decide, review, send_back, settle, sign, submit
from ui.cli.roll import roll
from ui.cli.rules import rules
from ui.cli.runs import runs
from ui.cli.serve import serve
from ui.cli.user import app as user
from ui.cli.worker import worker
from ui.cli.workspace import app as workspace

DONE, FINDINGS, BAD_INPUT, UNREACHABLE, INTERRUPTED = 0, 1, 2, 3, 130

app = typer.Typer(
    name="chengwen",
    help="成文：把分节的事实写成正式报告，逐字核对后导出 .docx。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_COMMANDS: tuple[Callable[..., None], ...] = (
    new, roll, draft, regenerate, check, export, import_, diff, log, show, submit, review, sign, send_back, comment, settle,
    decide, conflicts, worker, runs, batches, rules, dates, evaluate, serve,
    doctor,
)  # fmt: skip
_NAMES = {import_: "import", send_back: "return", evaluate: "eval"}
for command in _COMMANDS:
    app.command(name=_NAMES.get(command))(command)
app.add_typer(model, name="model", help="本机模型：查看目录，取回权重。")
app.add_typer(profile, name="profile", help="文种：从范文学得。")
app.add_typer(user, name="user", help="用户：添加、列出、停用。")
app.add_typer(workspace, name="workspace", help="工作区：建立、核验、备份、演练、恢复、升级、导出、导入。")


def _tell_version(wanted: bool) -> None:
    """Before a command is asked for: `chengwen --version` names none."""
    if wanted:
        from importlib.metadata import version as installed

        typer.echo(f"chengwen {installed('chengwen')}")
        raise typer.Exit


@app.callback()
def _before(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本。", is_eager=True, callback=_tell_version)
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="配置文件（TOML）；默认 CHENGWEN_CONFIG 所指，没有则不读。"),
    ] = None,
) -> None:
    _configure(config)
    REQUEST.set(os.urandom(8).hex())


def _configure(named: Path | None) -> None:
    """Settings of a file stand in the environment before the command's own options are read."""
    named = named or (Path(told) if (told := os.environ.get("CHENGWEN_CONFIG", "").strip()) else None)
    if (
        named is None
        and "CREDENTIALS_DIRECTORY" not in os.environ
        and not any(name.startswith(("CHENGWEN_", "OPENAI_")) and name.endswith("_FILE") for name in os.environ)
    ):
        return
    from ui.configuration import file

    os.environ.update(file.settle(named, os.environ))


def main() -> None:
    """Runs the command line. Known errors are one line each on stderr; the exit status says what to do about them."""
    from drafting.errors import ChengwenError

    _settle_streams()
    try:
        _run()
    except ChengwenError as error:
        print(error, file=sys.stderr)
        sys.exit(_status(error))
    except OSError as error:
        from ui.cli.system_errors import said

        print(said(error), file=sys.stderr)
        _drop_output()
        sys.exit(BAD_INPUT)


def _run() -> None:
    """The command; what was typed wrong is told here, and so is Ctrl-C, which Typer turns into a status without a word."""
    try:
        status = app(standalone_mode=False)
    except TyperException as error:
        _misused(error)
    finally:
        sys.stdout.flush()  # a full disk is told here, and not by the interpreter on its way out
    if status == INTERRUPTED:
        print("已中止，没有写完的不留下", file=sys.stderr)
    if status:
        sys.exit(status)


def _misused(error: TyperException) -> NoReturn:
    """A command without arguments shows its help; anything else is one line."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError" and context is not None:
        print(context.get_help(), file=sys.stderr)
    else:
        from ui.cli.usage import said

        print(said(error, context.command_path if context is not None else "chengwen"), file=sys.stderr)
    sys.exit(BAD_INPUT)


def _drop_output() -> None:
    """What could not be written is not tried again on the way out."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _settle_streams() -> None:
    """A stream that was closed is nowhere; a character that the terminal's encoding lacks is shown as its code."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 — open as long as the program runs
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _status(error: Exception) -> int:
    from drafting.errors import EditConflict, ExportRefused, ModelUnreachable, ReviewRefused, WeightsError

    if isinstance(error, (ExportRefused, ReviewRefused, EditConflict)):
        return FINDINGS
    if isinstance(error, (ModelUnreachable, WeightsError)):
        return UNREACHABLE
    return BAD_INPUT
