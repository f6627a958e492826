"""What `chengwen profile learn` does: read the exemplars, learn, and write a profile that loads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drafting import files, profiles
from drafting.errors import InputError
from drafting.learning.written import written
from evals import learned
from ui.cli.progress import say


def run(exemplars: Sequence[Path], out: Path, kind: str | None) -> None:
    """Writes the profile. Raises InputError, in one line, and writes nothing where there is nothing to learn from."""
    if out.suffix not in (".yaml", ".yml"):
        raise InputError(f"{out}: 文种文件的名称应以 .yaml 结尾")
    if out.exists():
        raise InputError(f"{out}: 已有这个文件，没有覆盖")
    found = learned.learn(exemplars, kind)
    text = written(found)
    profiles.loads(text, str(out))
    try:
        files.write_new(out, text.encode())
    except FileExistsError:
        raise InputError(f"{out}: 已有这个文件，没有覆盖") from None
    sections = f"{len(found.sections)} 个部分" + (f"（另有 {found.left_out} 个标题没有学）" if found.left_out else "")
    say(f"已写 {out}：{sections}，惯用语 {len(found.phrases)} 条，每句约 {found.style.sentence:.0f} 字")
    say(f"提纲里写 kind: {out.name} 即用它")
