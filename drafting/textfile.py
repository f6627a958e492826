"""Text files as people save them: a size limit, UTF-8, UTF-16 with its mark or GB18030, and no control characters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from drafting.complaints import Complaints

LIMIT = 1 << 20
"""Bytes. A brief of 2,000 facts is about 200 KB."""

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BROKEN_UTF_8 = 4


class SourceText(NamedTuple):
    """A file's text without a byte order mark; `notes` say how it was read where that was not plain UTF-8."""

    text: str
    notes: tuple[str, ...] = ()


def read(path: Path, complaints: Complaints, limit: int = LIMIT) -> SourceText:
    """The file's text, at most `limit` bytes of it being read. Raises the complaints' error where it cannot be read as text."""
    return decode(read_bytes(path, complaints, limit), complaints)


def read_bytes(path: Path, complaints: Complaints, limit: int) -> bytes:
    """At most `limit` bytes; a larger file is refused unread."""
    with opened(path, complaints, limit) as file:
        data = file.read(limit + 1)
    # A pipe tells no size beforehand.
    if len(data) > limit:
        complaints.stop(0, 0, f"文件超过上限 {_megabytes(limit)}，未读完")
    return data


@contextmanager
def opened(path: Path, complaints: Complaints, limit: int) -> Iterator[BinaryIO]:
    """The file open for reading, unless it is missing, closed to us or says that it is larger than `limit` bytes."""
    try:
        size = path.stat().st_size
        file = path.open("rb")
    except FileNotFoundError:
        complaints.stop(0, 0, "没有这个文件")
    except IsADirectoryError:
        complaints.stop(0, 0, "这是文件夹，不是文件")
    except PermissionError:
        complaints.stop(0, 0, "没有读取这个文件的权限")
    except OSError as error:
        complaints.stop(0, 0, f"读不出这个文件（{error.strerror}）")
    with file:
        if size > limit:
            complaints.stop(0, 0, f"文件有 {_megabytes(size)}，超过上限 {_megabytes(limit)}，未读入")
        yield file


def decode(data: bytes, complaints: Complaints) -> SourceText:
    """UTF-8 first, then GB18030, which Chinese Windows still saves; a damaged UTF-8 file is not mistaken for the latter."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding, complaints)
    try:
        return SourceText(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    guess = data.decode("utf-8", errors="replace")
    read_well = sum("\u4e00" <= char <= "\u9fff" for char in guess)
    if read_well > _BROKEN_UTF_8 * guess.count("\ufffd"):
        complaints.stop(line, 0, "这一行有损坏的 UTF-8 字节，请用编辑器重新保存为 UTF-8")
    try:
        return SourceText(data.decode("gb18030"), ("不是 UTF-8，按 GB18030 读入",))
    except UnicodeDecodeError:
        complaints.stop(line, 0, "文件既不是 UTF-8 也不是 GB18030 文本，请另存为 UTF-8")


def refuse_control_characters(text: str, complaints: Complaints) -> None:
    """Complains of the first control character, lone surrogate or non-character of each line, and raises."""
    if not _FORBIDDEN.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        match = _FORBIDDEN.search(line)
        if match:
            complaints.add(number, match.start() + 1, f"含有控制字符 {_code_point(match.group())}，文本文件里不应有")
    complaints.settle()


def forbidden_character(text: str) -> str:
    """The code point (U+0000) of the first character that no text may hold, "" where there is none."""
    match = _FORBIDDEN.search(text)
    return _code_point(match.group()) if match else ""


def lone_surrogate(text: str) -> str:
    """The code point of the first half of a surrogate pair, which UTF-8 cannot hold; "" where there is none."""
    match = _SURROGATE.search(text)
    return _code_point(match.group()) if match else ""


def _decode_marked(data: bytes, encoding: str, complaints: Complaints) -> SourceText:
    try:
        return SourceText(data.decode(encoding), ("按 UTF-16 读入",))
    except UnicodeDecodeError:
        complaints.stop(0, 0, "文件以 UTF-16 标记开头，内容却不是 UTF-16，请另存为 UTF-8")


def _code_point(char: str) -> str:
    return f"U+{ord(char):04X}"


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB"
