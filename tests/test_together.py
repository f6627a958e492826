"""Side by side: the results in order, or the first error with the others cancelled."""

import asyncio

import pytest

from drafting.errors import ModelUnreachable
from drafting.together import together


def test_results_keep_their_order() -> None:
    async def say(word: str, after: asyncio.Event | None, then: asyncio.Event | None) -> str:
        if after:
            await after.wait()
        if then:
            then.set()
        return word

    async def run() -> list[str]:
        second_first = asyncio.Event()
        return await together([say("甲", second_first, None), say("乙", None, second_first)])

    assert asyncio.run(run()) == ["甲", "乙"]


def test_the_first_error_is_plain_and_stops_the_others() -> None:
    cancelled = []

    async def fail() -> None:
        raise ModelUnreachable("端点没有应答")

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    with pytest.raises(ModelUnreachable, match="端点"):
        asyncio.run(together([wait(), fail()]))
    assert cancelled == [True]
