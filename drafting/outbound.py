"""What may not leave this machine: secrecy marks and personal identifiers in facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from drafting.errors import OutboundRefused
from drafting.facts import Brief, Fact
from drafting.memory import remembered

SecretKind = Literal["秘密标志", "身份证号", "手机号", "银行卡号"]


@dataclass(frozen=True, slots=True)
class Secret:
    """A mark or number in a fact's text, which holds it from `start` to before `end`. `quote` is fit to be shown."""

    fact: str
    kind: SecretKind
    start: int
    end: int
    quote: str


def screen(facts: Iterable[Fact]) -> list[Secret]:
    """Everything in the facts' texts that may not leave, in their order; numbers by their checksums and shapes, marks by their place."""
    return [secret for fact in facts for secret in _screen(fact)]


def sent(brief: Brief) -> Iterator[Fact]:
    """What a model is told of a brief: the sections' facts, and their headings, each under a name of its own."""
    for number, section in enumerate(brief.sections, start=1):
        yield Fact(f"第{number}节标题", section.heading)
        yield from section.facts


def check_outbound(facts: Iterable[Fact], endpoint: str, allowed: bool) -> None:
    """Raises OutboundRefused, which names each fact and kind but shows no number in full, unless sending is `allowed`."""
    if allowed:
        return
    secrets = screen(facts)
    if secrets:
        found = "；".join(f"事实 {secret.fact} 含{secret.kind}（{secret.quote}）" for secret in secrets)
        raise OutboundRefused(f"没有发往 {endpoint}：{found}。请从事实里去掉，或改用本机模型")


@remembered(4096)
def _screen(fact: Fact) -> tuple[Secret, ...]:
    return tuple(_secrets(fact))


def _secrets(fact: Fact) -> Iterator[Secret]:
    text = fact.text.translate(_HALF_WIDTH)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int, SecretKind]] = []
    for kind, find in _FINDERS:
        for start, end in find(text):
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                found.append((start, end, kind))
    for start, end, kind in sorted(found):
        quote = fact.text[start:end]
        yield Secret(fact.id, kind, start, end, quote if kind == "秘密标志" else _masked(quote))


def _masked(number: str) -> str:
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


# One character for one, so that spans hold in the text as it stands.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ＋．－‐‑–—\u3000\u00a0", "0123456789Xx+.-----  ")

_LEVEL = r"(?:绝密|机密|秘密)"
# 保守国家秘密, 商业秘密 and 秘密投票 are words; a mark has a star, a label, brackets of its own or opens a line.
_MARK = re.compile(
    rf"{_LEVEL}[ ]*[★☆](?:[ ]*(?:\d+[ ]*(?:年|个月)|长期))?"
    rf"|(?:密级|保密等级|秘密等级|涉密等级)[ ]*[:：][ ]*{_LEVEL}"
    rf"|[【\[〔]{_LEVEL}[】\]〕]"
    rf"|^[（(]{_LEVEL}[）)]"
    rf"|[（(]{_LEVEL}[）)]$"
    rf"|^{_LEVEL}(?=[ :：]|$)",
    re.MULTILINE,
)


def _marks(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _MARK.finditer(text))


# A whole run of digits: no part of a longer number, a decimal, a code with letters or a chain of hyphens.
_BEFORE = r"(?<![0-9A-Za-z])(?<![0-9]\.)(?<![0-9A-Za-z]-)"
_AFTER = r"(?![0-9A-Za-z])(?!\.[0-9])(?!-[0-9A-Za-z])"
_LABELLED = re.compile(
    r"(?:编号|单号|项目号|合同号|文号|批号|流水号|序列号|代码|条码|ISBN|ISSN)[ ]*(?:是|为)?[ ]*[:：]?[ ]*$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"[ ]*(?:余|多)?(?:元|亿|万(?=[元亿吨千美港欧立平，。；、）)]|$)|美元|港元|欧元|千瓦|千克|公斤|吨|%|％)"
)
_CURRENCY = re.compile(r"[¥￥$€][ ]*$")

_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
# 91 opens a foreigner's card, and nearly every company's credit code.
_FOREIGN = "91"
_CARD_NAMED = re.compile(r"身份证|公民身份|证件号|居留")
_NAMED_WITHIN = 15

_ID_18 = re.compile(_BEFORE + r"[0-9]{6}(?P<gap>[ -]?)[0-9]{8}(?P=gap)[0-9]{3}[0-9Xx]" + _AFTER)
_ID_15 = re.compile(_BEFORE + r"[0-9]{15}" + _AFTER)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def _identity_cards(text: str) -> Iterator[tuple[int, int]]:
    """GB 11643: province, day of birth, and the check digit of ISO 7064 MOD 11-2; the old 15 digits only where they are named."""
    for match in _ID_18.finditer(text):
        digits = re.sub(r"[ -]", "", match.group()).upper()
        if _is_province(digits, text, match.start()) and _is_day(digits[6:14]) and _check_digit(digits) == digits[17]:
            yield match.span()
    for match in _ID_15.finditer(text):
        digits = match.group()
        if _is_named(text, match.start()) and digits[:2] in _PROVINCES and _is_day(f"19{digits[6:12]}"):
            yield match.span()


def _is_province(digits: str, text: str, start: int) -> bool:
    return digits[:2] in _PROVINCES or (digits[:2] == _FOREIGN and _is_named(text, start))


def _is_named(text: str, start: int) -> bool:
    return bool(_CARD_NAMED.search(text, max(0, start - _NAMED_WITHIN), start))


def _is_day(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year < 2100


def _check_digit(digits: str) -> str:
    return _CHECK_DIGITS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11]


_MOBILE = re.compile(
    r"(?:(?<![0-9A-Za-z+])|(?<=tel)|(?<=phone))(?<![0-9]\.)(?<![0-9A-Za-z]-)"
    r"(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?P<gap>[ -]?)[0-9]{4}(?P=gap)[0-9]{4}" + _AFTER,
    re.IGNORECASE,
)


def _mobiles(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _MOBILE.finditer(text) if not _is_code_or_amount(text, match))


_BANK_CARD = re.compile(_BEFORE + r"(?:[0-9]{13,19}|[0-9]{4}(?P<gap>[ -])[0-9]{4}(?:(?P=gap)[0-9]{1,4}){2,3})" + _AFTER)
# ISO/IEC 7812: UnionPay, Visa, Mastercard, JCB, American Express, Diners, each with the lengths it issues.
_ISSUED = re.compile(r"62\d{14,17}|4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|35\d{14}|3[47]\d{13}|3[0689]\d{12}")


def _bank_cards(text: str) -> Iterator[tuple[int, int]]:
    for match in _BANK_CARD.finditer(text):
        digits = re.sub(r"[ -]", "", match.group())
        if _ISSUED.fullmatch(digits) and _luhn(digits) and not _is_code_or_amount(text, match):
            yield match.span()


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0


def _is_code_or_amount(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(_LABELLED.search(before) or _CURRENCY.search(before) or _AMOUNT.match(text, match.end()))


# An earlier kind takes its characters from the later ones.
_FINDERS: tuple[tuple[SecretKind, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    ("秘密标志", _marks),
    ("身份证号", _identity_cards),
    ("银行卡号", _bank_cards),
    ("手机号", _mobiles),
)
