"""A crew: several processes of this machine do one run, each with its own hand, its share of the slots, and orders as it gets to them.

Python computes on one core, and where answers come fast checking and keeping them takes more than that. The processes are forked, so that what
was read of the briefs is there; they share nothing but a pipe of places, from which each takes the next, and end with the one that made them.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, Protocol

from drafting import errors
from drafting.errors import ChengwenError
from drafting.regeneration.order import Result

LOST = "做这份的进程中途没有了；再运行一次即接着做"
_PLACE = 4
"""Bytes of a place in the pipe: written and read whole, as all that is written there is a multiple of it."""


class Share(Protocol):
    """What a process of the crew is given: its number, from 0, places to take, and whom to tell."""

    number: int

    def places(self) -> Iterator[int]:
        """The places of the orders that fall to this process, the next when it asks."""

    def done(self, place: int, result: Result) -> None: ...

    def said(self, line: str) -> None:
        """Tells the user a line; the same one from several processes is told once."""

    def when_stopped(self, stop: Callable[[], None]) -> None:
        """`stop` is called when nothing new is to be begun."""


Work = Callable[[Share], Awaitable[None]]


def possible() -> bool:
    """Whether processes can be forked safely here: on macOS system libraries do not survive it, on Windows there is no fork."""
    return sys.platform == "linux"


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@dataclass
class Crew:
    """Processes at work on `orders` orders."""

    orders: int
    _lines: dict[Connection, BaseProcess]
    _left: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self._left = set(range(self.orders))

    def results(self, said: Callable[[str], None]) -> Iterator[tuple[int, Result | None]]:
        """Place and result of each order as it is done; None for one whose process died.

        Raises what a process raised that concerns every report, once the others have ended.
        """
        told: set[str] = set()
        error: Exception | None = None
        while self._lines:
            for line in wait(list(self._lines)):
                assert isinstance(line, Connection)  # noqa: S101 — nothing else is waited for
                try:
                    kind, *words = line.recv()
                except (EOFError, OSError):
                    self._ended(line)
                    continue
                if kind == "done":
                    self._left.discard(words[0])
                    yield words[0], Result.from_record(words[1])
                elif kind == "error":
                    error = error or _error(*words)
                    self._tell("end")
                elif words[0] not in told:
                    told.add(words[0])
                    said(words[0])
        if error is not None:
            raise error
        for place in sorted(self._left):
            yield place, None

    def stop(self) -> None:
        """Nothing new is begun; what is in flight ends."""
        self._tell("stop")

    def _tell(self, word: str) -> None:
        for line in self._lines:
            with suppress(OSError):
                line.send(word)

    def _ended(self, line: Connection) -> None:
        self._lines.pop(line).join()
        line.close()


@contextmanager
def crew(size: int, orders: int, work: Work) -> Iterator[Crew]:
    """`size` processes that each do `work`, forked now: before this process has threads or an event loop. At the end of the block none is left."""
    context: Any = multiprocessing.get_context("fork")
    source, sink = os.pipe()
    pairs: list[tuple[Connection, Connection]] = [context.Pipe() for _ in range(size)]
    lines: dict[Connection, BaseProcess] = {}
    for number, (ours, theirs) in enumerate(pairs):
        others = [end for pair in pairs for end in pair if end is not theirs]
        process = context.Process(target=_be, args=(_Share(number, theirs, source), sink, others, work))
        process.start()
        lines[ours] = process
    os.close(source)
    for _, theirs in pairs:
        theirs.close()
    Thread(target=_feed, args=(sink, orders), daemon=True).start()
    made = Crew(orders, lines)
    try:
        yield made
    finally:
        for line, process in lines.items():
            line.close()  # who is still there ends with it
            process.join()


def _feed(sink: int, orders: int) -> None:
    with suppress(BrokenPipeError), os.fdopen(sink, "wb") as pipe:
        for place in range(orders):
            pipe.write(place.to_bytes(_PLACE, "big"))


def _error(name: str, message: str) -> Exception:
    kind = getattr(errors, name, None)
    return kind(message) if isinstance(kind, type) and issubclass(kind, ChengwenError) else RuntimeError(message)


# --- in a process of the crew


@dataclass
class _Share:
    number: int
    line: Connection
    source: int
    _stop: Callable[[], None] = lambda: None

    def places(self) -> Iterator[int]:
        while told := os.read(self.source, _PLACE):
            yield int.from_bytes(told, "big")

    def done(self, place: int, result: Result) -> None:
        self.line.send(("done", place, result.as_record()))

    def said(self, line: str) -> None:
        self.line.send(("said", line))

    def when_stopped(self, stop: Callable[[], None]) -> None:
        self._stop = stop

    def stop(self) -> None:
        self._stop()


def _be(share: _Share, sink: int, others: list[Connection], work: Work) -> None:
    """The life of a process of the crew. Ctrl-C reaches it through the one that made it, which knows what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.close(sink)
    for other in others:
        other.close()
    asyncio.run(_work(share, work))


async def _work(share: _Share, work: Work) -> None:
    task = asyncio.current_task()

    def heard() -> None:
        try:
            word = share.line.recv()
        except (EOFError, OSError):
            os._exit(1)  # nobody is there any more to tell; what is committed stands
        if word == "stop":
            share.stop()
        elif task is not None:
            task.cancel()

    asyncio.get_running_loop().add_reader(share.line.fileno(), heard)
    try:
        await work(share)
    except asyncio.CancelledError:
        pass
    except ChengwenError as error:
        share.line.send(("error", type(error).__name__, str(error)))
    except Exception as error:  # noqa: BLE001 — told where the others are told, as the run's own
        share.line.send(("error", "", f"{type(error).__name__}: {error}"))
