"""Proves an upgrade with many reports: `python packaging/prove_upgrade.py --before COMMIT_OR_TAG [--reports 1000]`, on SQLite and on PostgreSQL.

Makes a bundle of the release before and one of this checkout, installs the older, has it word the reports by rule, and upgrades: first with a
migration that damages the audit, which has to go back by itself, then in earnest. Prints how long each took. Needs PostgreSQL's programs.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import postgres  # noqa: E402

_DAMAGE = "    op.execute(\"UPDATE audit SET who = '别人' WHERE number = 3\")\n"
_BRIEF = ROOT / "evals/cases/campus-2024h1.brief.yaml"
_BARE = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent", "CHENGWEN_USER": "张三"}


def main() -> int:
    chosen = _arguments()
    bin = postgres.programs()
    if bin is None:
        print(postgres.ABSENT, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="upgrade-") as name, postgres.cluster(bin, durable=True) as query:
        room = Path(name)
        room.chmod(0o755)
        prove(chosen, room, {"SQLite": str(room / "工作区"), "PostgreSQL": f"postgresql://chengwen@/postgres?{query}"})
    return 0


def prove(chosen: argparse.Namespace, room: Path, places: Mapping[str, str]) -> None:
    before, spoilt = room / "before", room / "spoilt"
    before.mkdir()
    archived = subprocess.run(["git", "archive", chosen.before], cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S607
    subprocess.run(["tar", "-x", "-C", before], input=archived, check=True)  # noqa: S607
    shutil.copytree(ROOT, spoilt, ignore=shutil.ignore_patterns(".*", "__pycache__", "tests", "docs", "dist"))
    last = max((spoilt / "drafting/workspace/migrations/versions").glob("0*.py"))
    last.write_text(last.read_text(encoding="utf-8").rstrip() + "\n" + _DAMAGE, encoding="utf-8")
    old = _bundle(room, "before", before, chosen.wheels)
    new = _bundle(room, "today", ROOT, chosen.wheels)
    bad = _bundle(room, "damaging", spoilt, chosen.wheels)
    prefix = room / "成文"
    _timed(f"install {chosen.before}", old, "--prefix", prefix, "--no-link")
    program = prefix / "bin/chengwen"
    _briefs(room / "提纲", chosen.reports)
    heads = {}
    for kind, place in places.items():
        begun = time.monotonic()
        _chengwen(program, place, "regenerate", room / "提纲", "--model", "composer", "--jobs", "2")
        heads[kind] = _chengwen(program, place, "workspace", "verify").strip()
        print(f"{chosen.reports} reports in {kind}: {time.monotonic() - begun:.1f} s  {heads[kind]}", flush=True)
    for kind, place in places.items():
        _timed(
            f"upgrade that fails, {kind}",
            bad,
            "upgrade",
            "--prefix",
            prefix,
            "--no-link",
            "--workspace",
            place,
            status=1,
        )
        _same(_chengwen(program, place, "workspace", "verify"), heads[kind], "after the upgrade that failed")
    for kind, place in places.items():
        _timed(f"upgrade, {kind}", new, "upgrade", "--prefix", prefix, "--no-link", "--workspace", place)
    for kind, place in places.items():
        _same(_chengwen(program, place, "workspace", "verify"), heads[kind], "after the upgrade")
        print(f"{kind}: the same versions and the same end of the audit chain", flush=True)


def _bundle(room: Path, name: str, source: Path, wheels: Path | None) -> Path:
    command = [
        sys.executable,
        ROOT / "packaging/bundle.py",
        "--weights",
        "none",
        "--source",
        source,
        "--out",
        room / f"made-{name}",
    ]
    begun = time.monotonic()
    subprocess.run([*command, *(["--wheels", wheels] if wheels else [])], check=True, stdout=subprocess.DEVNULL)
    folder = room / f"bundle-{name}"
    folder.mkdir()
    subprocess.run(["tar", "-xf", next((room / f"made-{name}").glob("*.tar")), "-C", folder], check=True)  # noqa: S607
    print(f"bundle of {name}: {time.monotonic() - begun:.1f} s", flush=True)
    return next(folder.iterdir())


def _briefs(folder: Path, count: int) -> None:
    """One for each of as many organs."""
    folder.mkdir()
    text = _BRIEF.read_text(encoding="utf-8")
    for number in range(1, count + 1):
        organ = f"第{number}街道教育办公室"
        written = re.sub("^organ: .*", f"organ: {organ}", text, flags=re.MULTILINE)
        (folder / f"{number:04}.brief.yaml").write_text(written, encoding="utf-8")


def _timed(what: str, bundle: Path, *words: object, status: int = 0) -> None:
    begun = time.monotonic()
    command = ["sh", str(bundle / "install.sh"), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, env=_BARE, cwd="/")
    print(f"{what}: {time.monotonic() - begun:.1f} s, exit status {done.returncode}", flush=True)
    for line in done.stderr.splitlines():
        print(f"    {line}", flush=True)
    if done.returncode != status:
        sys.exit(f"prove_upgrade.py: {what} was to end with {status}")


def _chengwen(program: Path, place: str, *words: object) -> str:
    environ = {**_BARE, "CHENGWEN_WORKSPACE": place}
    return subprocess.run(
        [program, *map(str, words)], check=True, capture_output=True, text=True, env=environ, cwd="/"
    ).stdout


def _same(now: str, before: str, when: str) -> None:
    if now.strip() != before:
        sys.exit(f"prove_upgrade.py: {when} {now.strip()} instead of {before}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--before", required=True, help="the release before: a tag or a commit of this repository")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--wheels", type=Path, help="take wheels from this folder instead of the package index")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
