"""`chengwen conflicts`: where a person's words stand and a regeneration's wait."""

from __future__ import annotations

from ui.cli.options import Output, Workspace


def conflicts(output: Output = "text", workspace: Workspace = None) -> None:
    """列出重新生成与人工修改的冲突：现有的文字、新拟的文字，各在哪份报告；用 chengwen settle --conflict 了结。"""
    from ui.cli import clashing

    clashing.show(output=output, workspace=workspace)
