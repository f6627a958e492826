"""`chengwen rules`: all rules, or one explained."""

from __future__ import annotations

from typing import Annotated

import typer


def rules(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="规则代码，如 D305。")] = None,
    output: Annotated[str, typer.Option(metavar="text|json", help="输出形式。")] = "text",
) -> None:
    """规则：列出全部检查规则，或解释其中一条并举例。"""
    import json

    from drafting.errors import InputError
    from evals.checking import select_rules
    from evals.pages import page_of

    if output not in ("text", "json"):
        raise InputError(f"--output 只能是 text 或 json，不能是 {output}")
    chosen = [rule for rule in select_rules() if code is None or rule.code == code.strip().upper()]
    if not chosen:
        raise InputError(f"没有规则 {code}，用 chengwen rules 查看全部")
    if output == "json":
        described = [
            {
                "code": rule.code,
                "name": rule.name,
                "name_en": rule.name_en,
                "severity": rule.severity,
                "basis": rule.basis,
                "subject": rule.subject,
                "needs": list(rule.needs),
                "fixable": rule.fixable,
                "page": page_of(rule.code).text,
            }
            for rule in chosen
        ]
        typer.echo(json.dumps({"version": 1, "rules": described}, ensure_ascii=False, indent=1))
    elif code is not None:
        typer.echo(page_of(chosen[0].code).plain, nl=False)
    else:
        names = {"error": "错误", "warning": "警告", "info": "提示"}
        for rule in chosen:
            typer.echo(f"{rule.code}  {names[rule.severity]}  {rule.name}")
