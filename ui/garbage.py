"""Garbage collection of what runs for long: what its start brings into memory stays for good, and is not looked through again.

Of a server a full collection looks through all of it and holds every page up for 0.3 s; while half a million objects are made and none is let go,
collecting costs the start 0.7 s.
"""

from __future__ import annotations

import gc

_RARELY = (5_000, 20, 20)


def wait() -> None:
    """No collection until `resume`."""
    gc.disable()


def resume() -> None:
    """From here on collections look at what is younger, and less often than a program that ends soon needs them."""
    gc.freeze()
    gc.set_threshold(*_RARELY)
    gc.enable()
