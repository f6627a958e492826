"""The benchmarks' endpoint: tests/endpoint.py with a faithful scribe, in a process of its own so that its CPU is not counted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.endpoint import Behaviour, Body, FakeEndpoint, Script, completion, slow
from tests.scribe import answer, asked, faithful


@contextmanager
def running_endpoint(seconds: float = 0) -> Iterator[dict[str, str]]:
    """The environment that leads `openai:` models to it. It answers after so many seconds."""
    command = [sys.executable, "-m", "tests.benchmarks.endpoint", str(seconds)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield {"OPENAI_BASE_URL": process.stdout.readline().strip(), "OPENAI_API_KEY": "bench"}
    finally:
        process.stdin.close()
        process.wait()


def _behave(body: Body) -> Behaviour:
    return answer(faithful(body)) if asked(body) else completion("{}")


def _late(seconds: float) -> Script:
    return (lambda body: slow(seconds, _behave(body))) if seconds else _behave


if __name__ == "__main__":
    with FakeEndpoint(_late(float(sys.argv[1]))) as server:
        print(server.base_url, flush=True)  # noqa: T201
        sys.stdin.read()
