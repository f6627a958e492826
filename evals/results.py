"""Results: the figures of one evaluation as plain data, kept in a file, and what fell behind an earlier file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from drafting.errors import InputError

VERSION = 1

Figures = Mapping[str, Any]

_LISTS = ("cases", "rules", "models")
# What a model's case is held to: the figure, whether more of it is worse, and its name.
_OF_A_MODEL = (
    ("facts_used", False, "写入的事实"),
    ("structure_complete", False, "结构完整"),
    ("unsupported_after", True, "没有依据的数字、日期、名称"),
    ("errors", True, "错误"),
    ("composed", True, "改由规则成文的要点"),
)


@dataclass(frozen=True, slots=True)
class Regression:
    """One thing that was better before. `name` is a case's, a rule's code or a model's spec."""

    kind: Literal["case", "rule", "model"]
    name: str
    message: str

    def as_dict(self) -> dict[str, str]:
        return {"kind": self.kind, "name": self.name, "message": self.message}


def load(path: Path) -> Figures:
    """The figures that an earlier run kept. Raises InputError, one line, for anything else."""
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}，读不到基线") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: 不是评测结果（须是 chengwen eval --save 写出的 JSON）") from error
    if not _is_one(data):
        raise InputError(f"{path}: 不是评测结果（须是 chengwen eval --save 写出的 JSON，版本 {VERSION}）")
    return dict(data)


def _is_one(data: object) -> bool:
    if not isinstance(data, dict) or data.get("version") != VERSION:
        return False
    cases, rules, models = (data.get(name) for name in _LISTS)
    return (
        _each(cases, {"name": str, "clean": bool})
        and _each(rules, {"code": str, "seeded": int, "found": int, "alarms": int, "characters": int})
        and _each(models, {"model": str, "cases": list})
        and all(_each(model["cases"], {"case": str, "chengwen": dict}) for model in models or ())
    )


def _each(rows: object, keys: Mapping[str, type]) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, dict) and all(isinstance(row.get(key), kind) for key, kind in keys.items()) for row in rows
    )


def regressions(before: Figures, now: Figures, *, selected: bool) -> list[Regression]:
    """What fell: a rule's recall, or its alarms rose; a case that was clean; a model's figures over the cases that both runs drafted.

    What is gone from the suite fell too, unless only some rules were `selected`. Models that were not asked are not compared.
    """
    return [
        *_of_cases(before["cases"], now["cases"]),
        *_of_rules(before["rules"], now["rules"], selected=selected),
        *_of_models(before["models"], now["models"]),
    ]


def _of_cases(before: Sequence[Figures], now: Sequence[Figures]) -> Iterator[Regression]:
    clean = {case["name"] for case in before if case["clean"]}
    for case in now:
        if case["name"] in clean and not case["clean"]:
            yield Regression("case", case["name"], "原来干净，现在有问题")


def _of_rules(before: Sequence[Figures], now: Sequence[Figures], *, selected: bool) -> Iterator[Regression]:
    here = {rule["code"]: rule for rule in now}
    for old in before:
        code, new = old["code"], here.get(old["code"])
        if new is None:
            if not selected:
                yield Regression("rule", code, "原来有这条规则，现在没有")
            continue
        if old["seeded"] and not new["seeded"]:
            yield Regression("rule", code, "原来测过，现在没有测")
        elif old["seeded"] and _share(new) < _share(old):
            yield Regression("rule", code, f"查出率由 {_share(old):.3f} 降到 {_share(new):.3f}")
        if _rate(new) > _rate(old):
            yield Regression("rule", code, f"每十万字误报由 {_rate(old):.2f} 升到 {_rate(new):.2f}")


def _share(rule: Figures) -> float:
    return float(rule["found"] / rule["seeded"])


def _rate(rule: Figures) -> float:
    return float(rule["alarms"] * 100_000 / rule["characters"]) if rule["characters"] else 0.0


def _of_models(before: Sequence[Figures], now: Sequence[Figures]) -> Iterator[Regression]:
    earlier = {model["model"]: {case["case"]: case["chengwen"] for case in model["cases"]} for model in before}
    for model in now:
        old = earlier.get(model["model"], {})
        new = {case["case"]: case["chengwen"] for case in model["cases"]}
        both = [name for name in new if name in old]
        for figure, more_is_worse, what in _OF_A_MODEL:
            was, is_ = (sum(_number(side[name].get(figure)) for name in both) for side in (old, new))
            if (is_ > was) if more_is_worse else (is_ < was):
                yield Regression("model", model["model"], f"{what}由 {was} 变为 {is_}")


def _number(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) else 0
