"""Folders of small briefs, for runs of the real command: no two sections alike, so that each is asked for on its own."""

from __future__ import annotations

from pathlib import Path

SECTIONS = 4
_THEMES = (
    ("加强隐患排查，落实安全责任", "开展安全检查{0}次", "整改隐患{1}处"),
    ("组织教育培训，提高防范能力", "举办培训班{1}期", "培训{0}人"),
    ("完善设施保障，夯实工作基础", "加固校舍{1}栋", "更换灭火器{0}具"),
    ("强化值班值守，做好应急准备", "储备沙袋{0}条", "检修闸门{1}座"),
)


def fill(folder: Path, reports: int) -> Path:
    """The folder with so many briefs of four sections in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, reports + 1):
        (folder / f"{number:03}.brief.yaml").write_text(brief(number), encoding="utf-8")
    return folder


def brief(number: int) -> str:
    """The brief of the numbered organ."""
    lines = ["kind: special-report", f"organ: 第{number}安全局", "recipient: 县人民政府", "topic: 安全工作"]
    lines += ["period: 2024年上半年", "issued: 2024-07-08", "sections:"]
    for heading, *facts in _THEMES:
        lines += [f"  - heading: {heading}", "    facts:"]
        lines += [f"      - {fact.format(1000 + number, 10 + number)}" for fact in facts]
    lines += ["outlook:", f"  - 再检查学校{number}所"]
    return "\n".join(lines) + "\n"
