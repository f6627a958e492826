"""Bundles for tests: as `make bundle` makes them, without weights and with the `team` extra alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

_MEMORY = Path("/dev/shm")  # noqa: S108
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory where there is one: an installation waits for its disk, and that of tests is everybody's."""
    if not _MEMORY.is_dir():
        yield tmp_path_factory.mktemp("memory")
        return
    with tempfile.TemporaryDirectory(prefix="chengwen-", dir=_MEMORY) as name:
        yield Path(name)


@dataclass(frozen=True)
class Made:
    """A bundle of this checkout: its archive, its folder, and a folder with the wheels of others that it was made of."""

    archive: Path
    folder: Path
    house: Path


def today(room: Path) -> Made:
    """The wheels are asked of the package index here, and of nobody afterwards. Skips where they are not to be had."""
    if not find_spec("cyclonedx"):
        pytest.skip("cyclonedx-python-lib is not installed: no bundle can be made")
    try:
        archive = make(room / "made")
    except subprocess.CalledProcessError as error:
        if "pip download" not in error.stderr:
            raise AssertionError(error.stderr) from error
        pytest.skip(f"wheels are not to be had here, bundles are not tested: {error.stderr.strip()}")
    folder = unpack(archive, room / "安装 包")
    house = room / "house"
    house.mkdir()
    for wheel in (folder / "wheels").iterdir():
        if not wheel.name.startswith("chengwen-"):
            os.link(wheel, house / wheel.name)
    return Made(archive, folder, house)


def make(out: Path, wheels: Path | None = None, source: Path = ROOT) -> Path:
    """The archive."""
    command = [sys.executable, ROOT / "packaging/bundle.py", "--weights", "none", "--extras", "team", "--out", out]
    command += ["--source", source, *(["--wheels", wheels] if wheels else [])]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return next(out.glob("*.tar"))


def unpack(archive: Path, folder: Path) -> Path:
    folder.mkdir()
    subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)
    return next(folder.iterdir())


def copy(bundle: Path, folder: Path) -> Path:
    """A bundle to spoil: the wheels are shared with the first one, so nothing may be written into them in place."""
    shutil.copytree(bundle, folder, copy_function=os.link)
    return folder


def install(bundle: Path, *words: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """install.sh as somebody runs it, on a bare system."""
    bare = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent", "CHENGWEN_USER": "张三"}
    command = ["sh", str(bundle / "install.sh"), *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env={**bare, **environ}, cwd=bundle.parent
    )
