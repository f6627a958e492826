"""Files are whole or absent."""

import errno
import io
from pathlib import Path

import pytest

from drafting import files


def test_writes_whole_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "新建" / "报告.txt"
    files.write(target, "一是".encode())
    files.write(target, "二是".encode())
    assert target.read_text(encoding="utf-8") == "二是"
    assert list(target.parent.iterdir()) == [target]


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    target = tmp_path / "提纲.yaml"
    files.write_new(target, "一是".encode())
    with pytest.raises(FileExistsError):
        files.write_new(target, b"")
    assert target.read_text(encoding="utf-8") == "一是"


def test_what_a_full_disk_cut_short_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "full")

        def close(self) -> None:
            pass

    def opened(path: Path, _mode: str) -> Full:
        path.touch()
        return Full()

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(OSError, match="full"):
        files.write_new(tmp_path / "提纲.yaml", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "报告.txt"
    target.mkdir()
    with pytest.raises(OSError, match=r"报告\.txt"):
        files.write(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["报告.txt"]


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "空"
    link.symlink_to("/dev/null")
    files.write(link, "一是".encode())
    assert link.is_symlink()
    assert link.is_char_device()


def test_a_folder_that_is_a_file_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "台账").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        files.write(tmp_path / "台账" / "报告.txt", b"")
