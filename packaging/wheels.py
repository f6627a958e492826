"""Wheels: the project's own, those that it needs, and what their metadata say."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from functools import cached_property
from pathlib import Path

from archive import digest

_GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17", "2_12", "2_5")
"""What the wheels may ask for. 2.28 is the oldest that systems still in service have (2018)."""

PLATFORMS = tuple(f"manylinux_{glibc}_x86_64" for glibc in _GLIBC) + tuple(
    f"manylinux{year}_x86_64" for year in ("2014", "2010", "1")
)


class BundleError(Exception):
    """The bundle cannot be made; the message is one line that says what is missing."""


@dataclass(frozen=True)
class Wheel:
    """One wheel by its file. `name` is the normalised name of the project."""

    path: Path

    @cached_property
    def metadata(self) -> Message:
        with zipfile.ZipFile(self.path) as archive:
            name = next(
                one for one in archive.namelist() if one.count("/") == 1 and one.endswith(".dist-info/METADATA")
            )
            return Parser().parsestr(archive.read(name).decode("utf-8", "replace"))

    @property
    def name(self) -> str:
        return re.sub(r"[-_.]+", "-", str(self.metadata["Name"])).lower()

    @property
    def version(self) -> str:
        return str(self.metadata["Version"])

    @cached_property
    def sha256(self) -> str:
        return digest(self.path)

    @cached_property
    def unpacked(self) -> int:
        """Bytes of its files."""
        with zipfile.ZipFile(self.path) as archive:
            return sum(info.file_size for info in archive.infolist())


def extras(source: Path) -> list[str]:
    """Every extra that the project has."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return sorted(project.get("optional-dependencies", {}))


def own(source: Path, folder: Path) -> Wheel:
    """The project's wheel, made of the checkout. Raises BundleError where data that the program reads is not in it."""
    _pip("wheel", "--no-deps", "--wheel-dir", folder, source)
    wheel = Wheel(next(folder.glob("chengwen-*.whl")))
    lacking = missing(wheel, source)
    if lacking:
        raise BundleError(f"the project's wheel lacks {len(lacking)} files, {lacking[0]} for one")
    return wheel


def missing(wheel: Wheel, source: Path) -> list[str]:
    """Files of the checkout's packages that the wheel has not."""
    with zipfile.ZipFile(wheel.path) as archive:
        there = set(archive.namelist())
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    wanted = {
        path.relative_to(source).as_posix()
        for package in packages
        for path in (source / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return sorted(wanted - there)


def needed(wheel: Wheel, wanted: Sequence[str], python: str, folder: Path, found_in: Path | None) -> list[Wheel]:
    """Downloads what the project with those extras needs on one version of Python (`3.11`), pip itself included; wheels only.

    `found_in` is a folder that is asked instead of the package index. The project's own wheel is not among them.
    """
    folder.mkdir(parents=True)
    options: list[object] = ["--only-binary=:all:", "--python-version", python, "--implementation", "cp"]
    for platform in PLATFORMS:
        options += ["--platform", platform]
    if found_in is not None:
        options += ["--no-index", "--find-links", found_in]
    named = f"{wheel.path}[{','.join(wanted)}]" if wanted else str(wheel.path)
    _pip("download", *options, "--dest", folder, named, "pip")
    return sorted(
        (one for path in folder.glob("*.whl") if (one := Wheel(path)).name != wheel.name), key=lambda one: one.name
    )


def lock(wheels: Sequence[Wheel]) -> str:
    """Requirements by version and digest, for `pip install --require-hashes --no-deps`; pip itself is not installed."""
    lines = (f"{one.name}=={one.version} --hash=sha256:{one.sha256}" for one in wheels if one.name != "pip")
    return "".join(f"{line}\n" for line in sorted(lines))


def _pip(verb: str, *words: object) -> None:
    command = [sys.executable, "-m", "pip", verb, "--quiet", "--no-input", "--disable-pip-version-check"]
    done = subprocess.run([*command, *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip said nothing"]
        raise BundleError(f"pip {verb}: {said[0].removeprefix('ERROR: ')}")
