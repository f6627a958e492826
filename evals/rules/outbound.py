"""What may not leave this machine: secrecy marks and personal identifiers in a brief (B106)."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.facts import Fact
from drafting.outbound import screen
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule


@rule(
    code="B106",
    name="涉密标志或个人信息",
    name_en="a secrecy mark or a personal identifier",
    severity="error",
    basis="regulation",
    needs=("brief",),
    subject="brief",
    gated=False,
)
def may_not_leave(document: Examined) -> Iterator[Finding]:
    """The screen that stands before every call beyond loopback, over facts and headings alike. No number is told in full.

    It stops no export: a call that would send it away is refused, and a model on this machine may read it.
    """
    for block, text in enumerate(document.texts):
        points = document.blocks[block].points
        name = points[0].facts[0] if points else "标题"
        for secret in screen([Fact(name, text)]):
            yield may_not_leave.finding(
                document,
                block,
                secret.start,
                secret.end,
                f"{name} 含{secret.kind}（{secret.quote}），不得发往本机以外的模型",
                f"{name} holds {_ENGLISH[secret.kind]} ({secret.quote}): it may not go to a model beyond this machine",
            )


_ENGLISH = {
    "秘密标志": "a secrecy mark",
    "身份证号": "an identity card's number",
    "手机号": "a mobile phone's number",
    "银行卡号": "a bank card's number",
}
