"""`make bundle`: one archive with which Chengwen is installed where there is no network.

    python packaging/bundle.py [--weights NAME|none] [--pythons 3.11,3.12] [--extras local,ui] [--wheels DIR] [--source DIR] [--out DIR]

The same checkout, wheels and weights give the same bytes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import archive
import inventory
import licences
import wheels
from wheels import BundleError, Wheel

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
_STEPS = ("health.py", "upgrade.py")
_PAGES = ("offline.md", "service.md", "configuration.md", "login.md", "watching.md", "keeping.md", "cli.md")
"""What an administrator behind a closed network has to read."""
_BEGIN = 315_532_800  # 1980: the oldest time that every archive format can tell
_PYC = 1.6
"""What is unpacked and compiled, by what wheels say is in them; measured on the whole bundle it is 1.4."""


def main() -> int:
    chosen = _arguments()
    begun = time.monotonic()
    try:
        target = make(chosen)
    except BundleError as error:
        print(f"bundle: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"bundle: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return 2
    print(f"→ {target}  {target.stat().st_size / 1e6:,.1f} MB, {time.monotonic() - begun:.0f} s")
    print(f"SHA-256 {archive.digest(target)}")
    return 0


def make(chosen: argparse.Namespace) -> Path:
    """The path of the archive, whose digest is written beside it."""
    source = chosen.source.resolve()
    extras = wheels.extras(source) if chosen.extras is None else [one for one in chosen.extras.split(",") if one]
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bundle-", dir=chosen.out) as name:
        room = Path(name)
        own = wheels.own(source, room / "own")
        pythons = chosen.pythons.split(",")
        title = f"chengwen-{own.version}-linux-x86_64-{'-'.join(_tag(python) for python in pythons)}"
        folder = room / title
        folder.mkdir()
        collected = _collect(own, extras, pythons, folder, room, chosen.wheels)
        models = _weights(chosen.weights, folder)
        when = _when(source)
        _describe(folder, own, extras, collected, models, when)
        _programs(folder, own, collected, models)
        (folder / "SHA256SUMS").write_text(archive.sums(folder), encoding="utf-8")
        target: Path = chosen.out / f"{title}.tar"
        archive.pack(folder, target, when)
    target.with_name(f"{target.name}.sha256").write_text(f"{archive.digest(target)}  {target.name}\n", encoding="utf-8")
    return target


def _collect(
    own: Wheel, extras: Sequence[str], pythons: Sequence[str], folder: Path, room: Path, found_in: Path | None
) -> list[Wheel]:
    """Every wheel of every Python into wheels/, and a lock for each Python."""
    (folder / "wheels").mkdir()
    (folder / "locks").mkdir()
    together: dict[str, Wheel] = {}
    for python in pythons:
        found = wheels.needed(own, extras, python, room / _tag(python), found_in)
        for wheel in (own, *found):
            place = folder / "wheels" / wheel.path.name
            if not place.exists():
                shutil.copyfile(wheel.path, place)
            together[place.name] = Wheel(place)
        (folder / "locks" / f"{_tag(python)}.txt").write_text(wheels.lock([own, *found]), encoding="utf-8")
    return [together[name] for name in sorted(together) if together[name].name != own.name]


def _weights(named: str, folder: Path) -> list[inventory.Weights]:
    """The weights of a catalog entry, verified, fetched where they are not in the cache."""
    if named == "none":
        return []
    sys.path.insert(0, str(ROOT))
    from drafting.errors import ChengwenError
    from drafting.models import catalog, storage, weights

    try:
        entry = catalog.find(named)
        weights.fetch(entry, weights.sources(entry, os.environ), os.environ, _Quiet())
    except ChengwenError as error:
        raise BundleError(str(error)) from error
    target = folder / "weights" / entry.file_name
    target.parent.mkdir()
    shutil.copyfile(storage.path(entry, os.environ), target)
    if archive.digest(target) != entry.sha256:
        raise BundleError(f"{storage.path(entry, os.environ)} is not what the catalog lists: fetch it again")
    return [inventory.Weights(entry.name, entry.title, entry.licence, entry.sha256, entry.url)]


class _Quiet:
    def say(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    def at(self, done: int) -> None:
        pass


def _describe(
    folder: Path,
    own: Wheel,
    extras: Sequence[str],
    collected: Sequence[Wheel],
    models: Sequence[inventory.Weights],
    when: int,
) -> None:
    """Licences and the bill of materials."""
    others = [(model.name, "", model.licence) for model in models]
    bare = licences.write([own, *collected], others, folder / "LICENSES")
    for model in models:
        place = folder / "LICENSES" / model.name
        place.mkdir()
        shutil.copyfile(ROOT / "LICENSE", place / "LICENSE")
        (place / "NOTICE").write_text(f"{model.title}\n{model.licence}\n{model.url}\n", encoding="utf-8")
    if bare:
        print(f"without a licence text of their own: {', '.join(bare)}", file=sys.stderr)
    (folder / "sbom.cdx.json").write_text(inventory.written(own, extras, collected, models, when), encoding="utf-8")


def _programs(folder: Path, own: Wheel, collected: Sequence[Wheel], models: Sequence[inventory.Weights]) -> None:
    """The installer, what it needs to know, and how to use it."""
    shutil.copyfile(HERE / "install.sh", folder / "install.sh")
    (folder / "install.sh").chmod(0o755)
    (folder / "steps").mkdir()
    for step in _STEPS:
        shutil.copyfile(HERE / step, folder / "steps" / step)
    for place, pages in (
        ("service", sorted((HERE / "service").iterdir())),
        ("docs", [ROOT / "docs" / name for name in _PAGES]),
    ):
        (folder / place).mkdir()
        for page in pages:
            shutil.copyfile(page, folder / place / page.name)
    (folder / "VERSION").write_text(f"{own.version}\n", encoding="utf-8")
    unpacked = own.unpacked + sum(wheel.unpacked for wheel in collected)
    (folder / "KILOBYTES").write_text(f"{int(unpacked * _PYC) // 1024}\n", encoding="utf-8")
    text = (HERE / "README.txt").read_text(encoding="utf-8")
    shown = ", ".join(model.title for model in models) or "无 none"
    (folder / "README.txt").write_text(
        text.replace("{version}", own.version).replace("{weights}", shown), encoding="utf-8"
    )


def _tag(python: str) -> str:
    return f"cp{python.replace('.', '')}"


def _when(source: Path) -> int:
    """SOURCE_DATE_EPOCH, else the time of the checkout's last commit, else 1980."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return int(given)
    done = subprocess.run(["git", "-C", source, "log", "-1", "--format=%ct"], capture_output=True, text=True)  # noqa: S607
    return int(done.stdout) if done.stdout.strip().isdecimal() else _BEGIN


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="One archive to install Chengwen from without a network.")
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    parser.add_argument("--weights", default="qwen2.5-coder-1.5b", help="an entry of `chengwen model list`, or none")
    parser.add_argument("--pythons", default=here, help="versions of Python that it is for, with commas")
    parser.add_argument("--extras", help="the project's extras, with commas; all of them unless given")
    parser.add_argument("--wheels", type=Path, help="take wheels from this folder instead of the package index")
    parser.add_argument("--source", type=Path, default=ROOT, help="the checkout to make it of")
    parser.add_argument("--out", type=Path, default=Path("dist"), help="where the archive is written")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
