"""`chengwen submit`, `review`, `sign`, `return`: a version through its levels of review."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.options import Actor, Workspace

Version = Annotated[str, typer.Argument(metavar="VERSION", help="版本号或其开头，或报告文件 *.report.json。")]
Waive = Annotated[
    list[str] | None, typer.Option(metavar='CODE="理由"', help="豁免一项错误并写明理由，记在这个版本上，可多次使用。")
]


def submit(version: Version, as_: Actor = None, workspace: Workspace = None) -> None:
    """送审：把最新版交给第一级审核。"""
    from ui.cli import reviewing

    reviewing.submit(version, who=as_, workspace=workspace)


def review(
    version: Version,
    note: Annotated[str, typer.Option(metavar="TEXT", help="审核意见。")] = "",
    waive: Waive = None,
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """审核通过：初审或复审，轮到哪级就是哪级。"""
    from ui.cli import reviewing

    reviewing.approve(version, final=False, note=note, waive=tuple(waive or ()), who=as_, workspace=workspace)


def sign(
    version: Version,
    note: Annotated[str, typer.Option(metavar="TEXT", help="审核意见。")] = "",
    waive: Waive = None,
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """签发：终审通过。有未豁免的错误不能签发；正文一改，签发即失效。"""
    from ui.cli import reviewing

    reviewing.approve(version, final=True, note=note, waive=tuple(waive or ()), who=as_, workspace=workspace)


def send_back(
    version: Version,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="退回的理由。")],
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """退回：交还拟稿人修改，须写明理由。"""
    from ui.cli import reviewing

    reviewing.send_back(version, reason, who=as_, workspace=workspace)


def comment(
    version: Version,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="批注的内容。")],
    on: Annotated[str, typer.Option("--on", metavar="QUOTE", help="批在哪句话上：原文的一段，须只出现一次。")] = "",
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """批注：在一个版本上写下意见，导出修订稿时成为 Word 批注。"""
    from ui.cli import reviewing

    reviewing.comment(version, text, on, who=as_, workspace=workspace)


def settle(
    comment: Annotated[
        list[int] | None, typer.Option("--comment", metavar="ID", help="批注的编号，见 chengwen show，可多次使用。")
    ] = None,
    conflict: Annotated[
        list[int] | None,
        typer.Option("--conflict", metavar="ID", help="重拟与人工修改的冲突的编号：现有的文字就这样，可多次使用。"),
    ] = None,
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """了结：批注已处理，或冲突已看过、现有的文字就这样。"""
    from ui.cli import reviewing

    reviewing.settle(tuple(comment or ()), tuple(conflict or ()), who=as_, workspace=workspace)


def decide(
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL", help="待定稿的版本号。")],
    accept: Annotated[list[str] | None, typer.Option(metavar="IDS|all", help="接受的修改编号，逗号分隔。")] = None,
    reject: Annotated[list[str] | None, typer.Option(metavar="IDS|all", help="拒绝的修改编号，逗号分隔。")] = None,
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """取舍：逐处接受或拒绝待定稿的修改；都不写则列出各处修改。"""
    from ui.cli import reviewing

    reviewing.decide(proposal, tuple(accept or ()), tuple(reject or ()), who=as_, workspace=workspace)
