"""`chengwen user`: the accounts of a workspace and what they may do."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.options import Actor, Output, Workspace

app = typer.Typer(name="user", help="用户：添加、列出、停用、交给目录，给一次性密码。", no_args_is_help=True)

Roles = Annotated[
    list[str],
    typer.Option(
        "--role",
        metavar="ROLE",
        help="drafter 拟稿，reviewer:1 初审，reviewer:2 复审，reviewer:3 终审，administrator 管理；可多次使用。",
    ),
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="用户名。")]


@app.command("add")
def add_user(name: Name, role: Roles, as_: Actor = None, workspace: Workspace = None) -> None:
    """添加用户，或给已有的用户加上这些角色；停用的重新启用。"""
    from ui.cli import accounts

    accounts.add(name, tuple(role), who=as_, workspace=workspace)


@app.command("list")
def list_users(output: Output = "text", workspace: Workspace = None) -> None:
    """列出用户和角色。"""
    from ui.cli import accounts

    accounts.show(output=output, workspace=workspace)


@app.command("withdraw")
def withdraw_roles(name: Name, role: Roles, as_: Actor = None, workspace: Workspace = None) -> None:
    """收回用户的这些角色。"""
    from ui.cli import accounts

    accounts.withdraw(name, tuple(role), who=as_, workspace=workspace)


@app.command("disable")
def disable_user(name: Name, as_: Actor = None, workspace: Workspace = None) -> None:
    """停用用户；做过的事都还在。"""
    from ui.cli import accounts

    accounts.disable(name, who=as_, workspace=workspace)


@app.command("hand-over")
def hand_over(
    name: Name,
    to: Annotated[
        str, typer.Option("--to", metavar="SOURCE", help="ldap 目录服务，oidc 统一身份认证，local 本地密码。")
    ],
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """把账号交给目录：下一个以同名从那里登录的人接着用它；交回 local 时给一次性密码。"""
    from ui.cli import accounts

    accounts.hand_over(name, to, who=as_, workspace=workspace)


@app.command("password")
def renew_password(name: Name, as_: Actor = None, workspace: Workspace = None) -> None:
    """给一个新的一次性密码，登录浏览器界面用；原密码作废，会话结束。"""
    from ui.cli import accounts

    accounts.renew_password(name, who=as_, workspace=workspace)
