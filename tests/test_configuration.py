"""The file of settings: read once, told line by line what is wrong in it, and never a place where a secret is shown."""

from __future__ import annotations

import contextlib
import re
import stat
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import InputError
from tests.command import PROGRAM, environment
from ui.configuration import file
from ui.configuration.keys import BY_NAME, KEYS, TABLES
from ui.configuration.page import page
from ui.web.login import ldap_settings, oidc_settings

ROOT = Path(__file__).parents[1]


def written(folder: Path, text: str) -> Path:
    made = folder / "成文.toml"
    made.write_text(text, encoding="utf-8")
    return made


def test_the_page_is_generated_from_the_keys() -> None:
    assert (ROOT / "docs/configuration.md").read_text("utf-8") == page(), (
        "python -m ui.configuration.page > docs/configuration.md"
    )


def test_every_variable_that_the_program_reads_is_a_setting() -> None:
    """Of the sources: a variable that no page tells of is one that nobody finds."""
    known = {key.variable for key in KEYS} | {file.VARIABLE}
    read: set[str] = set()
    for folder in ("drafting", "evals", "ui"):
        for source in (ROOT / folder).rglob("*.py"):
            if "configuration" not in source.parts:
                read |= set(re.findall(r'"((?:CHENGWEN|OPENAI)_[A-Z_]+)"', source.read_text("utf-8")))
    read |= {f"{one.PREFIX}{name}" for one in (ldap_settings, oidc_settings) for name in one.KNOWN}
    constants = {"OPENAI_URL", "OPENAI_DEFAULT", ldap_settings.PREFIX, oidc_settings.PREFIX}
    assert read <= known | constants, sorted(read - known - constants)
    assert {key.variable for key in KEYS} <= read | {"CHENGWEN_USER"}, sorted({key.variable for key in KEYS} - read)


def test_keys_have_a_table_and_one_variable_each() -> None:
    assert {key.name.partition(".")[0] for key in KEYS} == set(TABLES)
    assert len(BY_NAME) == len({key.variable for key in KEYS}) == len(KEYS)


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    made = written(tmp_path, '[server]\nport = 8001\nhost = "127.0.0.2"\n[model]\nname = "openai:通义"\nrate = 1.5\n')
    assert file.settle(made, {"CHENGWEN_PORT": "8002"}) == {
        "CHENGWEN_HOST": "127.0.0.2",
        "CHENGWEN_MODEL": "openai:通义",
        "CHENGWEN_RATE": "1.5",
    }


def test_secrets_come_from_files_and_credentials(tmp_path: Path) -> None:
    secret, other = tmp_path / "密钥", tmp_path / "另一个"
    secret.write_text("s" * 40 + "\n", "utf-8")
    other.write_text("t" * 40, "utf-8")
    made = written(tmp_path, f'[server]\nsecret_file = "{secret}"\n[model]\napi_key_file = "{secret}"\n')
    (tmp_path / "凭据").mkdir()
    (tmp_path / "凭据" / "model.api_key").write_text("来自systemd", "utf-8")
    found = file.settle(made, {"CREDENTIALS_DIRECTORY": str(tmp_path / "凭据"), "CHENGWEN_SECRET_FILE": str(other)})
    assert found == {"CHENGWEN_SECRET": "t" * 40, "OPENAI_API_KEY": "来自systemd"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[server]\nprot = 80\n', "成文.toml:2: 没有配置项 server.prot，是不是 server.port？"),
        ('[sever]\nport = 80\n', "成文.toml:2: 没有配置项 sever.port，是不是 server.port？"),
        ('[server]\n\nport = "八十"\n', "成文.toml:3: server.port 应为数"),
        ('[server]\nurl = 5\n', "server.url 应为一行文字"),
        ('[server]\nurl = """a\nb"""\n', "server.url 应为一行文字"),
        ('[server]\nurl = ["a"]\n', "server.url 应为一行文字"),
        ('[server]\nport = true\n', "server.port 应为数"),
        ('[server]\nport_file = "x"\n', "没有配置项 server.port_file"),
        ('[server]\nurl = "a"\nurl = "b"\n', "不合 TOML 写法"),
        ("url = 这\n", "第 1 行第 7 列不合 TOML 写法"),
        ('[server]\nsecret = "s"\nsecret_file = "/没有"\n', "server.secret 与 server.secret_file 只能有一个"),
        ('[server]\nsecret_file = "/没有/密钥"\n', "/没有/密钥 读不出"),
        ('[server.more]\nport = 1\n', "没有配置项 server.more"),
    ],
    ids=lambda value: value.replace("\n", "/")[:30] if "成文" not in value else "-",
)  # fmt: skip
def test_what_is_wrong_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)) as told:
        file.settle(written(tmp_path, text), {})
    assert "\n" not in str(told.value)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        file.settle(written(tmp_path, '[server]\nprot = 80\nport = "八"\n["模型"]\n"名称" = "通义"\n'), {})
    assert [line.partition(": ")[2].partition("，")[0] for line in str(told.value).splitlines()] == [
        "没有配置项 server.prot",
        "server.port 应为数",
        "没有配置项 模型.名称；全部配置项见 docs/configuration.md",
    ]


@pytest.mark.parametrize("broken", ["missing", "folder", "gbk", "huge", "two lines"])
def test_a_file_that_cannot_be_used_is_one_line(tmp_path: Path, broken: str) -> None:
    made = tmp_path / "成文.toml"
    if broken == "folder":
        made.mkdir()
    elif broken == "gbk":
        made.write_bytes('[server]\nurl = "成文"'.encode("gbk"))
    elif broken == "huge":
        made.write_bytes(b"#" * (1024 * 1024 + 1))
    elif broken == "two lines":
        (tmp_path / "两行").write_text("甲\n乙\n", "utf-8")
        made.write_text(f'[server]\nsecret_file = "{tmp_path / "两行"}"', "utf-8")
    with pytest.raises(InputError, match=re.escape(str(tmp_path))) as told:
        file.settle(made, {})
    assert "\n" not in str(told.value)
    assert "甲" not in str(told.value)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "成文.toml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        with contextlib.suppress(InputError):
            assert set(file.settle(path, {})) <= {key.variable for key in KEYS}


def test_a_command_obeys_the_file_and_an_option_goes_before_it(tmp_path: Path) -> None:
    made = written(tmp_path, '[language]\nfindings = "en"\n')
    made.chmod(stat.S_IRUSR)  # it is only ever read
    report = tmp_path / "报告.txt"
    report.write_text("市应急管理局2024年上半年安全生产工作情况报告\n值此建国70周年之际，XX局开展检查。\n", "utf-8")
    run = [str(PROGRAM), "--config", str(made), "check", str(report)]
    told = subprocess.run(run, capture_output=True, text=True, env=environment(), encoding="utf-8")
    assert "placeholder" in told.stdout.lower(), told.stdout + told.stderr
    named = subprocess.run(
        [str(PROGRAM), "check", "--lang", "zh", str(report)],
        capture_output=True, text=True, encoding="utf-8", env=environment(CHENGWEN_CONFIG=str(made)),
    )  # fmt: skip
    assert "占位" in named.stdout, named.stdout + named.stderr


def test_a_wrong_file_starts_nothing(tmp_path: Path) -> None:
    made = written(tmp_path, '[server]\nprot = 80\n[model]\napi_key = "sk-不可外传"\nnmae = "x"\n')
    told = subprocess.run(
        [str(PROGRAM), "--config", str(made), "serve"], capture_output=True, text=True, env=environment(), cwd=tmp_path
    )
    assert told.returncode == 2
    assert told.stderr.count("\n") == 2
    assert "sk-" not in told.stdout + told.stderr
    assert list(tmp_path.iterdir()) == [made], "no workspace was made"
