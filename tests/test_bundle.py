"""A bundle: whole, the same for the same inputs, and installed entirely or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import bundles
from tests.bundles import ROOT, Made, install, memory

__all__ = ["memory"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return bundles.today(tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="module")
def bundle(made: Made) -> Path:
    return made.folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mounts nothing yet: the folder for a disk of the test's own, unmounted when it ends."""
    folder = tmp_path / "小盘"
    folder.mkdir()
    yield folder
    subprocess.run(["umount", folder], capture_output=True)


def mount(disk: Path, options: str) -> None:
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here: a full disk is not tested")


def sums(bundle: Path) -> None:
    """Sums a bundle again that was changed on purpose: what is tested lies behind the digests."""
    names = sorted(
        path.relative_to(bundle) for path in bundle.rglob("*") if path.is_file() and path.name != "SHA256SUMS"
    )
    (bundle / "SHA256SUMS").unlink()
    with (bundle / "SHA256SUMS").open("w", encoding="utf-8") as file:
        subprocess.run(["sha256sum", "--", *names], cwd=bundle, check=True, stdout=file)


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What was said on stderr, in one line, with status 1."""
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.splitlines()
    return line


def test_what_an_administrator_copies_and_reads_is_in_it(bundle: Path) -> None:
    assert {path.name for path in (bundle / "service").iterdir()} == {"chengwen.service", "nginx.conf", "settings.toml"}
    assert {"service.md", "configuration.md", "offline.md"} <= {path.name for path in (bundle / "docs").iterdir()}


def test_the_wheel_has_every_file_that_the_program_reads(bundle: Path) -> None:
    (wheel,) = (bundle / "wheels").glob("chengwen-*.whl")
    there = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "drafting", "evals", "prompts", "ui"], cwd=ROOT, capture_output=True, text=True
    )
    wanted = {name for name in tracked.stdout.split("\0") if name and (ROOT / name).is_file()}
    assert len(wanted) > 500
    assert wanted <= there


def test_a_file_that_the_wheel_lacks_stops_the_bundle(made: Made, tmp_path: Path) -> None:
    source = tmp_path / "源"
    source.mkdir()
    for name in ("LICENSE", "README.md"):
        shutil.copyfile(ROOT / name, source / name)
    for name in ("drafting", "evals", "prompts", "ui"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    left_out = project.replace("[tool.ruff]\n", "[tool.hatch.build.targets.wheel.force-include]\n\n[tool.ruff]\n", 1)
    left_out = left_out.replace(
        "[tool.hatch.build.targets.wheel]\n", '[tool.hatch.build.targets.wheel]\nexclude = ["*.tsv"]\n'
    )
    (source / "pyproject.toml").write_text(left_out, encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        bundles.make(tmp_path / "out", made.house, source)
    assert re.search(r"wheel lacks \d+ files, evals/\S+\.tsv for one$", caught.value.stderr.strip())
    assert list((tmp_path / "out").iterdir()) == []


def test_the_same_inputs_give_the_same_bytes(made: Made, tmp_path: Path) -> None:
    again = bundles.make(tmp_path / "again", made.house)
    assert again.read_bytes() == made.archive.read_bytes()
    said = again.with_name(f"{again.name}.sha256").read_text(encoding="utf-8")
    assert subprocess.run(["sha256sum", "--check"], input=said, cwd=made.archive.parent, text=True).returncode == 0


def test_every_file_is_summed_and_nobody_owns_it(made: Made, bundle: Path) -> None:
    summed = {line.split("  ", 1)[1] for line in (bundle / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    there = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    assert summed == there - {"SHA256SUMS"}
    with tarfile.open(made.archive) as tar:
        assert {(info.uid, info.gid, info.uname) for info in tar} == {(0, 0, "")}
        assert len({info.mtime for info in tar}) == 1


def test_the_bill_of_materials_lists_every_wheel_with_digest_and_licence(bundle: Path) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = (bundle / "sbom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bom = json.loads(text)
    assert bom["specVersion"] == "1.6"
    listed = {one["name"]: one["hashes"][0]["content"] for one in (*bom["components"], bom["metadata"]["component"])}
    summed = dict(reversed(line.split("  ", 1)) for line in (bundle / "SHA256SUMS").read_text().splitlines())
    assert sorted(listed.values()) == sorted(digest for name, digest in summed.items() if name.endswith(".whl"))
    assert all(one.get("licenses") for one in bom["components"])
    (root,) = (one for one in bom["dependencies"] if one["ref"] == bom["metadata"]["component"]["bom-ref"])
    assert any("psycopg" in one for one in root["dependsOn"])


def test_licences_are_in_a_table_and_their_texts_beside_it(bundle: Path) -> None:
    table = [line.split("\t") for line in (bundle / "LICENSES/TABLE.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert {name for name, *_ in table} == {
        re.sub(r"[-_.]+", "-", path.name.split("-")[0]).lower() for path in (bundle / "wheels").iterdir()
    }
    for name, _, licence, texts in table:
        assert licence
        assert (bundle / "LICENSES" / name).is_dir() == texts.endswith("texts")
    assert next([row[0], row[2]] for row in table if row[0] == "chengwen") == ["chengwen", "Apache-2.0"]
    vendored = {path.parent.name for path in (bundle / "LICENSES/chengwen").rglob("vendor/*/LICENSE*")}
    assert vendored == {"docx-preview", "jszip"}


@pytest.mark.parametrize(
    "name", ["wheels/chengwen", "install.sh", "steps/upgrade.py", "LICENSES/TABLE.tsv", "SHA256SUMS"]
)
def test_one_byte_changed_and_nothing_is_installed(bundle: Path, tmp_path: Path, name: str) -> None:
    spoilt = bundles.copy(bundle, tmp_path / "包")
    path = next(path for path in sorted(spoilt.rglob("*")) if path.relative_to(spoilt).as_posix().startswith(name))
    data = bytearray(path.read_bytes())
    data[30] ^= 1
    path.unlink()
    path.write_bytes(data)
    line = one_line(install(spoilt, "--prefix", tmp_path / "装到", "--no-link"))
    assert line.startswith("安装包已损坏，没有安装：")
    assert name in line or name == "SHA256SUMS"
    assert not (tmp_path / "装到").exists()


def test_a_file_that_is_missing_is_named(bundle: Path, tmp_path: Path) -> None:
    spoilt = bundles.copy(bundle, tmp_path / "包")
    (spoilt / "locks/cp311.txt").unlink(missing_ok=True)
    (spoilt / "VERSION").unlink()
    assert "VERSION" in one_line(install(spoilt, "--prefix", tmp_path / "装到"))
    assert not (tmp_path / "装到").exists()


def test_a_wheel_that_was_swapped_and_summed_again_is_not_installed(bundle: Path, tmp_path: Path) -> None:
    """The locks name digests too: who sums the folder again after putting another wheel there has to forge them as well."""
    spoilt = bundles.copy(bundle, tmp_path / "包")
    (wheel,) = (spoilt / "wheels").glob("openpyxl-*.whl")
    data = wheel.read_bytes()
    wheel.unlink()
    wheel.write_bytes(data + b"\0")
    sums(spoilt)
    line = one_line(install(spoilt, "--prefix", tmp_path / "装到", "--no-link"))
    assert line.startswith("组件没有装成，没有装完的已删去")
    assert not (tmp_path / "装到").exists()


def test_a_python_that_is_too_old_is_told(bundle: Path, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dirname", "id", "cat", "sha256sum", "sed", "sh", "date"):
        (programs / name).symlink_to(str(shutil.which(name)))
    (programs / "python3").write_text("#!/bin/sh\necho cp39\n")
    (programs / "python3").chmod(0o755)
    line = one_line(install(bundle, "--prefix", tmp_path / "装到", PATH=str(programs)))
    here = f"cp{sys.version_info.major}{sys.version_info.minor}"
    assert line.startswith(f"这个安装包要用 Python（{here}")
    assert "python3(cp39)" in line
    assert not (tmp_path / "装到").exists()


def test_a_disk_that_is_too_small_is_told_before_anything_is_written(bundle: Path, disk: Path) -> None:
    mount(disk, "size=40m")
    line = one_line(install(bundle, "--prefix", disk / "成文", "--no-link"))
    assert re.search(r"小盘/成文 空间不足：需要 \d+ MB，只剩 (39|40) MB，没有安装$", line)
    assert list(disk.iterdir()) == []


def test_a_disk_that_fills_while_it_is_installed_leaves_nothing(bundle: Path, disk: Path) -> None:
    mount(disk, "size=2g,nr_inodes=900")  # room enough, as df tells it, and no more files after some hundred
    line = one_line(install(bundle, "--prefix", disk / "成文", "--no-link"))
    assert re.search(r"小盘/成文 所在的磁盘已满，没有安装，没有装完的已删去$", line)
    assert list(disk.iterdir()) == []


def test_an_installation_that_is_stopped_leaves_nothing(bundle: Path, memory: Path) -> None:
    prefix = memory / "中止"
    command = ["sh", bundle / "install.sh", "--prefix", prefix, "--no-link"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        end = time.monotonic() + 60
        while not list(prefix.glob("versions/.partial-*/lib/python*/site-packages/*")):
            assert time.monotonic() < end
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read()
        assert process.wait(60) == 1
    assert said == "已中止，没有装完的不留下\n"
    assert not prefix.exists()


@pytest.mark.parametrize("words", [["--workspace"], ["--nosuch"], ["install", "删除"]])
def test_what_is_not_understood_is_told(bundle: Path, tmp_path: Path, words: list[str]) -> None:
    done = install(bundle, *words)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_it_is_installed_used_and_removed_and_the_data_stays(bundle: Path, memory: Path) -> None:
    home, prefix = memory / "家", memory / "家/装 到"
    home.mkdir()
    done = install(bundle, "--prefix", prefix, "--no-link", HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert re.search(r"用时 \d+ 秒；安装包 \d+ MB，程序 \d+ MB", done.stdout)
    assert [path.name for path in (prefix / "versions").iterdir()] == [(prefix / "current").readlink().name]
    brief = ROOT / "evals/cases/campus-2024h1.brief.yaml"
    environ = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(home)}
    drafted = subprocess.run(
        [prefix / "bin/chengwen", "draft", brief, "--model", "composer", "-o", home / "out"],
        cwd=home, env=environ, capture_output=True, text=True,
    )  # fmt: skip
    assert drafted.returncode == 0, drafted.stderr
    gone = install(next((prefix / "versions").iterdir()), "uninstall", HOME=str(home))
    assert gone.returncode == 0, gone.stderr
    assert f"程序已删去：{prefix}" in gone.stdout
    assert f"工作区留着：{home}/.chengwen" in gone.stdout
    assert not prefix.exists()
    assert (home / ".chengwen/workspace.db").exists()
    assert one_line(install(bundle, "uninstall", "--prefix", prefix)) == f"{prefix} 里没有安装成文，没有动任何东西"
