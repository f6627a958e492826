"""Faults that may not leave the machine: secrecy marks, and numbers of persons that pass their checksums (B106)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from evals.faults.briefs import with_facts
from evals.faults.clean import Clean
from evals.faults.fault import Change, breaks, spares

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_AREAS = ("110101", "310104", "410105", "440305", "510107", "330106", "120103", "420111")
_FRAMES = (
    "走访困难群众，登记身份证号⟦{}⟧",
    "补贴对象（⟦{}⟧）资料已核实",
    "受理申请1件，申请人号码为⟦{}⟧，已办结",
    "联系人电话⟦{}⟧，问题已转办",
)


def identity_number(area: str, day: str, serial: int) -> str:
    """An identity number whose last character is right. Source: GB 11643-1999, ISO 7064 MOD 11-2."""
    digits = f"{area}{day}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + _CHECK_CHARACTERS[total % 11]


def card_number(start: str) -> str:
    """Nineteen digits whose last is right. Source: ISO/IEC 7812-1, the Luhn formula."""
    doubled = (int(digit) * factor for digit, factor in zip(reversed(start), cycle((2, 1)), strict=False))
    total = sum(number // 10 + number % 10 for number in doubled)
    return start + str(-total % 10)


def _wrong_check(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


def _identities(seat: int) -> Iterator[str]:
    for turn in range(2):
        yield identity_number(
            _AREAS[(seat + turn) % len(_AREAS)],
            f"19{60 + seat * 3 + turn}0{seat % 8 + 1}1{turn + 2}",
            17 + seat * 2 + turn,
        )


@breaks("B106", "a personal number")
def _personal(clean: Clean) -> Iterator[Change]:
    seat = clean.seat
    numbers = (
        *_identities(seat),
        f"1{(3, 5, 7, 8, 9)[seat % 5]}{(8, 6, 5, 9, 1)[seat % 5]}{24680135 + seat * 1117:08d}",
        card_number(f"62220212{seat:02d}00731946"),
    )
    for turn, number in enumerate(numbers):
        yield with_facts(clean, _FRAMES[turn].format(number), turn=turn + seat)


@breaks("B106", "a mark of secrecy")
def _secret(clean: Clean) -> Iterator[Change]:
    marks = ("⟦机密★10年⟧ 报送重点目标防护情况1份", "⟦秘密★⟧ 整理内部通报3期")
    yield with_facts(clean, marks[clean.seat % 2] + f"（第{clean.seat + 1}号）", turn=clean.seat)


@spares("B106", "long numbers that are no person's")
def _harmless(clean: Clean) -> Iterator[Change]:
    texts = (
        f"受理“12345”热线转办件{1200 + clean.seat}件",
        f"资产编号{_wrong_check(card_number('8800000000007319'))}的设备已报废",
        "开展保密教育，落实保守国家秘密法要求",
        "办公电话已更换，总机号码为8位",
        f"项目代码{_wrong_check(identity_number(_AREAS[clean.seat % 8], '19700101', 5))[:17]}已核准",
    )
    for turn, text in enumerate(texts):
        yield with_facts(clean, text, turn=turn)
