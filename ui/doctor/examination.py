"""All looks, one after the other. One that breaks or takes too long is a line of its own; the others go on."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from drafting.errors import ChengwenError
from ui.doctor import machine, model, server, store
from ui.doctor.check import Asked, Check, Look

_PATIENCE, _PATIENCE_IN_FULL = 30.0, 600.0
LOOKS: tuple[tuple[str, Look], ...] = (
    ("Python", machine.python),
    ("安装的软件包", machine.packages),
    ("时钟", machine.clock),
    ("磁盘", machine.disk),
    ("环境变量", server.variables),
    ("工作区", store.workspace),
    ("权限", store.permissions),
    ("备份", store.last_backup),
    ("模型", model.model),
    ("权重", model.weights),
    ("字体", machine.fonts),
    ("LibreOffice", machine.office),
    ("网页", server.door),
    ("代理", server.proxy),
)


def examine(asked: Asked, patience: float | None = None) -> Iterator[Check]:
    """Every check, in order."""
    longest = patience or (_PATIENCE_IN_FULL if asked.full else _PATIENCE)
    for name, look in LOOKS:
        yield from _looked(name, look, asked, longest)


def _looked(name: str, look: Look, asked: Asked, patience: float) -> list[Check]:
    """The checks of one look, in a thread of its own that nobody waits for longer than `patience` seconds."""
    found: list[Check] = []

    def work() -> None:
        try:
            found.extend(look(asked))
        except (ChengwenError, OSError) as error:
            found.append(Check(name, "bad", str(error).splitlines()[0][:200], "照这一行所说的改"))
        except Exception as error:  # noqa: BLE001 — a look that breaks must not keep the others from being told
            found.append(Check(name, "bad", f"检查本身出错：{type(error).__name__}", "请把这一行报告给开发者"))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(patience)
    if thread.is_alive():
        return [*found, Check(name, "bad", f"{patience:.0f} 秒没有结果", "多半是网络或磁盘没有回应")]
    return found
