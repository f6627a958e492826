"""JUnit: an evaluation's results as the XML that build servers read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from evals.results import Figures, Regression

_NO_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def junit(results: Figures, regressions: Sequence[Regression] = ()) -> bytes:
    """A testcase for each case, rule, model's case and regression, and one for the baseline. UTF-8 with an XML declaration.

    A rule that was not measured is skipped, and so no pass; whether its threshold held is the exit status's to say.
    """
    root = ElementTree.Element("testsuites", name="chengwen eval")
    _suite(root, "cases", [_case(case) for case in results["cases"]])
    _suite(root, "rules", [*(_rule(rule) for rule in results["rules"]), _off(results["baseline_off"])])
    if results["models"]:
        _suite(root, "models", [_model(model, case) for model in results["models"] for case in model["cases"]])
    if regressions:
        _suite(root, "regressions", [_regression(one) for one in regressions])
    for total in ("tests", "failures", "skipped"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _suite(root: ElementTree.Element, name: str, tests: Sequence[ElementTree.Element]) -> None:
    suite = ElementTree.SubElement(root, "testsuite", name=name, tests=str(len(tests)), errors="0")
    suite.set("failures", str(sum(test.find("failure") is not None for test in tests)))
    suite.set("skipped", str(sum(test.find("skipped") is not None for test in tests)))
    suite.extend(tests)


def _test(group: str, name: str, failure: str = "", lines: Sequence[str] = ()) -> ElementTree.Element:
    test = ElementTree.Element("testcase", classname=f"chengwen.{group}", name=_safe(name))
    if failure:
        ElementTree.SubElement(test, "failure", message=_safe(failure)).text = _safe("\n".join(lines))
    return test


def _case(case: Figures) -> ElementTree.Element:
    found = [f"{one['code']} {one['severity']} {one['message']}" for one in case["findings"]]
    found += [f"{code} 没有检查" for code in case["not_run"]]
    return _test("cases", case["name"], "" if case["clean"] else "不干净", found)


def _rule(rule: Figures) -> ElementTree.Element:
    name = f"{rule['code']} {rule['name']}"
    if rule["state"] == "not measured":
        test = _test("rules", name)
        ElementTree.SubElement(test, "skipped", message="没有埋设错误，未测")
        return test
    lines = [f"漏报 {label}" for label in rule["missed"]]
    lines += [f"误报 {one['label']}：“{one['quote']}” {one['message']}" for one in rule["false_alarms"]]
    told = f"查出 {rule['found']}/{rule['seeded']}，误报 {rule['alarms']}"
    return _test("rules", name, told if rule["state"] == "below" else "", lines)


def _off(off: Figures) -> ElementTree.Element:
    return _test("rules", "规则全部关闭", f"查出 {off['found']}/{off['seeded']}" if off["found"] else "")


def _model(model: Figures, case: Figures) -> ElementTree.Element:
    made = case["chengwen"]
    wrong = [
        f"写入事实 {made['facts_used']}/{made['facts']}" if made["facts_used"] < made["facts"] else "",
        f"没有依据的数字、日期、名称 {made['unsupported_after']}" if made["unsupported_after"] else "",
        "" if made["structure_complete"] else "结构不完整",
        f"错误 {made['errors']}" if made["errors"] else "",
    ]
    lines = [line for line in wrong if line]
    return _test("models", f"{model['model']} {case['case']}", "；".join(lines), lines)


def _regression(one: Regression) -> ElementTree.Element:
    return _test("regressions", f"{one.kind} {one.name}", one.message)


def _safe(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return _NO_XML.sub("�", text)
