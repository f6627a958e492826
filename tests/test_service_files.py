"""The files that an administrator copies: systemd takes the unit and finds it well shut in; what they name is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.command import PROGRAM
from ui.configuration import file
from ui.configuration.keys import BY_NAME, KEYS

SERVICE = Path(__file__).parents[1] / "packaging" / "service"
UNIT = SERVICE / "chengwen.service"
MOST_EXPOSED = 1.5
"""Of systemd's scale from 0 to 10, on which a service without sandboxing has 9.6."""


@pytest.fixture
def analyze() -> str:
    found = shutil.which("systemd-analyze")
    if not found:
        pytest.skip("systemd-analyze is not installed (Debian: apt-get install systemd): the unit is not analysed")
    return found


def test_systemd_has_nothing_to_say_against_the_unit(analyze: str, tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text("utf-8").replace("/opt/chengwen/bin/chengwen", str(PROGRAM)), "utf-8")
    told = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True)
    assert (told.returncode, told.stderr.strip()) == (0, "")


def test_a_mistake_in_the_unit_is_told(analyze: str, tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text("utf-8").replace("ProtectSystem=strict", "ProtectSytem=strict"), "utf-8")
    told = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True)
    assert "ProtectSytem" in told.stderr


def test_the_unit_is_well_shut_in(analyze: str) -> None:
    told = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", str(UNIT)], capture_output=True, text=True
    )
    score = re.search(r"exposure level for \S+ ([\d.]+)", told.stdout)
    assert score, told.stdout + told.stderr
    assert float(score[1]) <= MOST_EXPOSED


def test_what_the_unit_names_is_a_setting() -> None:
    text = UNIT.read_text("utf-8")
    known = {key.variable for key in KEYS} | {file.VARIABLE, "XDG_CACHE_HOME"}
    assert set(re.findall(r"^Environment=(\w+)=", text, re.MULTILINE)) <= known
    named = re.findall(r"LoadCredential=([\w.]+):", text)
    assert named
    assert all(BY_NAME[name].secret for name in named)


def test_the_examples_file_is_one_that_the_program_takes(tmp_path: Path) -> None:
    """As it stands, and with every line that is commented out let in."""
    text = (SERVICE / "settings.toml").read_text("utf-8")
    secret = tmp_path / "密钥"
    secret.write_text("s" * 40, "utf-8")
    whole = re.sub(r"^#(\w+ = )", r"\1", text, flags=re.MULTILINE)
    whole = re.sub(r'(_file = )"[^"]+"', rf'\1"{secret}"', whole)
    for version in (text, whole):
        tomllib.loads(version)
        (tmp_path / "成文.toml").write_text(re.sub(r'(_file = )"[^"]+"', rf'\1"{secret}"', version), "utf-8")
        file.settle(tmp_path / "成文.toml", {})
    named = {f"{table}.{key}" for table, rows in tomllib.loads(whole).items() for key in rows}
    lacking = {key.name for key in KEYS} - {name.removesuffix("_file") for name in named}
    assert not lacking, "settings that the example does not show"
