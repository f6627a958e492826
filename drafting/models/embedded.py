"""The embedded model: llama.cpp's OpenAI-compatible server in this process, on a loopback port, for as long as it is needed.

The parts of the settings that were measured (docs/design/endpoint.md): one thread a core that sleeps while it waits, for
spinning threads made it six times slower beside other work; and speculation by n-grams of the prompt, which copies the
facts' own words and gives 1.4 times the tokens a second.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafting.errors import ModelSetupError
from drafting.models import catalog, storage

if TYPE_CHECKING:
    import xllamacpp

CONTEXT = 4096  # tokens, prompt and answer together
LONGEST_ANSWER = 1024  # tokens; a small model that runs on is cut off, not waited for
PATIENCE = 900.0  # seconds for an answer: a busy machine is slow, not away
_SILENT = -1


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server; the key keeps other users of this machine from asking it."""

    base_url: str
    api_key: str = field(repr=False)


def weights_path(name: str, environ: Mapping[str, str]) -> Path:
    """The weights that `gguf:NAME` means: a path to a .gguf file, or a name in the catalog. Raises ModelSetupError."""
    if name.endswith(".gguf") or "/" in name or os.sep in name:
        path = Path(name).expanduser()
        if not path.is_file():
            raise ModelSetupError(f"没有权重文件 {path}")
        return path
    entry = catalog.find(name)
    if not storage.is_fetched(entry, environ):
        raise ModelSetupError(f"模型 {name} 还没有下载：请运行 chengwen model fetch {name}")
    return storage.path(entry, environ)


@asynccontextmanager
async def serving(name: str, environ: Mapping[str, str]) -> AsyncIterator[Serving]:
    """Loads the weights and serves them until the block ends, however it ends.

    Raises ModelSetupError where xllamacpp or the weights are missing, or the file is no model.
    """
    if importlib.util.find_spec("xllamacpp") is None:
        raise ModelSetupError("本机模型需要 xllamacpp：请运行 pip install 'chengwen[local]'")
    path = weights_path(name, environ)
    key = secrets.token_urlsafe(24)
    server = [await _started(path, key)]
    try:
        yield Serving(f"{server[0].listening_address}/v1", key)
    finally:
        # The destructor stops the server and waits for its threads: not on the event loop.
        await asyncio.shield(asyncio.to_thread(server.clear))


async def _started(path: Path, key: str) -> xllamacpp.Server:
    os.environ["OMP_WAIT_POLICY"] = "passive"  # read once, when the library is loaded
    import xllamacpp

    try:
        return await asyncio.to_thread(xllamacpp.Server, _parameters(xllamacpp, path, key))
    except RuntimeError as error:
        raise ModelSetupError(f"打不开权重 {path}：不是可用的 GGUF 模型，或内存不足") from error


def _parameters(library: Any, path: Path, key: str) -> xllamacpp.CommonParams:
    parameters = library.CommonParams()
    parameters.model.path = str(path)
    parameters.hostnames, parameters.port, parameters.api_keys = ["127.0.0.1"], 0, [key]
    parameters.n_ctx, parameters.n_predict, parameters.n_parallel = CONTEXT, LONGEST_ANSWER, 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = _cores()
    parameters.cache_prompt, parameters.cache_ram_mib = True, 0
    ngram = parameters.speculative.ngram_map_k
    ngram.size_n, ngram.size_m = 3, 6
    parameters.speculative.types = [library.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_MAP_K]
    parameters.verbosity, parameters.offline = _SILENT, True
    parameters.ui = parameters.endpoint_slots = False
    return parameters


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
