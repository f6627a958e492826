"""Files are whole or absent."""

from pathlib import Path

import pytest

from drafting import files


def test_writes_whole_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "新建" / "报告.txt"
    files.write(target, "一是".encode())
    files.write(target, "二是".encode())
    assert target.read_text(encoding="utf-8") == "二是"
    assert list(target.parent.iterdir()) == [target]


def test_a_failure_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "报告.txt"
    target.mkdir()
    with pytest.raises(OSError, match=r"报告\.txt"):
        files.write(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["报告.txt"]
