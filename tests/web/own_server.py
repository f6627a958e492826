"""A server of a test module's own: what its tests put in, no other module's tests find."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from drafting.workspace.location import at
from drafting.workspace.workspace import opened
from tests.web.conftest import ROOT, Served, _fill, _wait
from tests.workspaces import Clock


@contextmanager
def running(folder: Path, environ: Mapping[str, str] | None = None) -> Iterator[Served]:
    """The reports and people of the shared server, in a folder of one's own; `environ` is added to the environment."""
    ahead = folder / "ahead"
    ahead.write_text("0")
    with opened(at(folder / "ws"), create=True, clock=Clock(), via="test") as workspace:
        _fill(workspace)
        command = [sys.executable, "-m", "tests.web.server", str(folder / "ws"), str(ahead), str(folder / "routes")]
        with subprocess.Popen(
            command, cwd=ROOT, env=os.environ | (environ or {}), stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            try:
                assert port, "the server did not start"
                _wait(f"http://127.0.0.1:{port}/health")
                yield Served(f"http://127.0.0.1:{port}", workspace, [], ahead)
            finally:
                process.terminate()
