"""Which language a person gets: what they switched to, else the first of their browser's that is there, else Chinese."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
COOKIE = "chengwen_language"
TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
"""As HTML and the browser call them. Gradio's own words are chosen by such a tag, and it knows no plain zh and no zh-HK."""


def known(value: str) -> Language | None:
    return next((language for language in LANGUAGES if language == value), None)


def chosen(cookie: str, accepted: str) -> Language:
    """`accepted` is an Accept-Language header: `zh-HK,zh;q=0.9,en;q=0.8` is Chinese."""
    switched = known(cookie)
    if switched:
        return switched
    weighed: list[tuple[float, Language]] = []
    for part in accepted.lower().split(",")[:20]:
        tag, _, rest = part.strip().partition(";")
        language = known(tag.strip().partition("-")[0])
        if language:
            weighed.append((_weight(rest), language))
    best = max((weight for weight, _ in weighed), default=0.0)
    return next((language for weight, language in weighed if weight == best and weight > 0), "zh")


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
