"""A JSON object read by name and type: every value is what it should be, or a ValueError says where it is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Self, TypeVar

from drafting.textfile import lone_surrogate

T = TypeVar("T")

_LONGEST_NUMBER = 15
_REQUIRED: Any = object()
_FORMS = {dict: "一组键和值", list: "列表", str: "文字", bool: " true 或 false", type(None): "null"}


class Record:
    """One object. `place` says where in the file it stands: blocks[3].points[0]; "" at the root.

    A key that nobody asked for would be lost when the file is written again, so `settle` refuses it.
    """

    def __init__(self, data: object, place: str = "") -> None:
        self.place = place
        if not isinstance(data, dict):
            raise _wrong(place or "最外层", "一组键和值", data)
        self._data = data
        self._asked: set[str] = set()

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """The object in these bytes of JSON: UTF-8 or UTF-16. ValueError for anything else, doubled keys and NaN included."""
        try:
            root = json.loads(data, object_pairs_hook=_once, parse_int=_whole, parse_constant=_no_number)
        except UnicodeDecodeError:
            raise ValueError("不是 UTF-8 文本") from None
        except json.JSONDecodeError as error:
            raise ValueError(f"第 {error.lineno} 行第 {error.colno} 列起不是 JSON") from None
        except RecursionError:
            raise ValueError("嵌套过深") from None
        return cls(root)

    def text(self, name: str, default: str = _REQUIRED) -> str:
        """The text of that name. Half of a surrogate pair is no text: nothing could print or store it."""
        return _text(self._value(name, default), self.at(name))

    def texts(self, name: str) -> tuple[str, ...]:
        return self.items(name, _text)

    def whole(self, name: str, default: int = _REQUIRED) -> int:
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise _wrong(self.at(name), "不小于 0 的整数", value)
        return value

    def flag(self, name: str) -> bool:
        value = self._value(name, _REQUIRED)
        if not isinstance(value, bool):
            raise _wrong(self.at(name), " true 或 false", value)
        return value

    def day(self, name: str) -> date:
        written = self.text(name)
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise ValueError(f"{self.at(name)} 应是存在的日期，如 2024-07-05，这里是“{written[:30]}”") from None

    def choice(self, name: str, among: Iterable[T]) -> T:
        """The one of `among` that equals the text of that name."""
        written = self.text(name)
        for one in among:
            if one == written:
                return one
        raise ValueError(f"{self.at(name)} 是未知的“{written[:30]}”")

    def given(self, name: str) -> bool:
        """Whether the value is there and neither null nor empty."""
        return bool(self._value(name, None))

    def record(self, name: str) -> Record:
        return Record(self._value(name, _REQUIRED), self.at(name))

    def records(self, name: str) -> tuple[Record, ...]:
        return self.items(name, Record)

    def items(self, name: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
        """The items of the list of that name, each read with its place."""
        value = self._value(name, _REQUIRED)
        if not isinstance(value, list):
            raise _wrong(self.at(name), "列表", value)
        return tuple(read(item, f"{self.at(name)}[{index}]") for index, item in enumerate(value))

    def settle(self) -> None:
        """Refuses what was not asked for."""
        for name in self._data:
            if name not in self._asked:
                raise ValueError(f"不认识 {self.at(name[:30])}，可能由更新的版本写成")

    def at(self, name: str) -> str:
        """Where the value of that name stands."""
        return f"{self.place}.{name}" if self.place and name else self.place or name

    def _value(self, name: str, default: object) -> object:
        self._asked.add(name)
        value = self._data.get(name, default)
        if value is _REQUIRED:
            raise ValueError(f"缺少 {self.at(name)}")
        return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise _wrong(place, "文字", value)
    if lone_surrogate(value):
        raise ValueError(f"{place} 含有不成字的代码 {lone_surrogate(value)}")
    return value


def _wrong(place: str, wanted: str, value: object) -> ValueError:
    return ValueError(f"{place} 应是{wanted}，这里是{_FORMS.get(type(value)) or f'数 {str(value)[:20]}'}")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"键 {next(name for name in names if names.count(name) > 1)[:30]} 重复")
    return found


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError(f"数 {digits[:10]}… 过长")
    return int(digits)


def _no_number(written: str) -> float:
    raise ValueError(f"{written} 不是数")
