"""What a whole run costs: hundreds of reports through the real command, beside the same calls by openai and asyncio alone and by LangChain's abatch.

    python -m tests.benchmarks.regeneration_speed [--reports N] [--jobs N] [--seconds S]

Command, endpoint and database share this machine's cores. The ideal is calls ÷ jobs × the endpoint's seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

from drafting import brief as brief_file
from drafting import outline, profiles, questions
from drafting.answers import SECTION_SCHEMA
from drafting.facts import Brief
from tests.benchmarks.__main__ import CASE
from tests.benchmarks.paced import Running, paced

CHENGWEN = str(Path(sys.executable).with_name("chengwen"))


@dataclass(frozen=True)
class Scale:
    reports: int
    jobs: int
    seconds: float


def briefs(folder: Path, count: int) -> list[Brief]:
    """One brief's sections under as many organs, with other numbers in each, written to the folder."""
    loaded = brief_file.load(CASE).brief
    made = [replace(_numbered(loaded, number), organ=f"第{number}县教育局") for number in range(1, count + 1)]
    for number, one in enumerate(made, start=1):
        (folder / f"{number}.brief.yaml").write_text(brief_file.dumps(one), encoding="utf-8")
    return made


def _numbered(loaded: Brief, number: int) -> Brief:
    sections = []
    for section in loaded.sections:
        facts = tuple(
            replace(
                fact, text=re.sub(r"(\d+)(?=人次|名|校次|场|个)", lambda found: str(int(found[1]) + number), fact.text)
            )
            for fact in section.facts
        )
        sections.append(
            replace(section, facts=(*facts[:-1], replace(facts[-1], text=f"{facts[-1].text}（第{number}批）")))
        )
    return replace(loaded, sections=tuple(sections))


def regenerate(folder: Path, endpoint: Running, scale: Scale, *words: str) -> tuple[float, str]:
    """The wall time of the command from its start to its end, and what it said last."""
    environ = {
        **os.environ,
        **endpoint.environ,
        "CHENGWEN_WORKSPACE": str(folder / ".chengwen"),
        "CHENGWEN_USER": "操作员",
    }
    command = [CHENGWEN, "regenerate", str(folder), "--model", "openai:bench", "--jobs", str(scale.jobs), *words]
    started = perf_counter()
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    return perf_counter() - started, done.stderr.strip().splitlines()[-1]


def asked(made: list[Brief]) -> list[list[dict[str, str]]]:
    """The messages of every section, as the writer asks them."""
    profile = profiles.load(made[0].kind)
    return [
        [{"role": one.role, "content": one.text} for one in messages]
        for told in made
        for section in outline.plan(told, profile).sections
        for messages in [
            questions.of_section(profile, section.heading, section.points, questions.called(section), None)
        ]
    ]


_FORM: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {"name": "answer", "strict": True, "schema": SECTION_SCHEMA},
}


def bare(endpoint: Running, scale: Scale, every: list[list[dict[str, str]]]) -> float:
    """openai and asyncio alone: no check, no store, no version."""
    from openai import AsyncOpenAI

    async def work() -> float:
        limit = asyncio.Semaphore(scale.jobs)
        async with AsyncOpenAI(base_url=endpoint.environ["OPENAI_BASE_URL"], api_key="bench", max_retries=0) as client:

            async def ask(messages: list[dict[str, str]]) -> None:
                async with limit:
                    await client.chat.completions.create(
                        model="bench",
                        messages=messages,
                        response_format=_FORM,
                        temperature=0,  # type: ignore[arg-type]
                    )

            started = perf_counter()
            await asyncio.gather(*map(ask, every))
            return perf_counter() - started

    return asyncio.run(work())


def abatch(endpoint: Running, scale: Scale, every: list[list[dict[str, str]]]) -> float:
    """LangChain's own way."""
    from langchain_openai import ChatOpenAI

    chat = ChatOpenAI(
        model="bench",
        base_url=endpoint.environ["OPENAI_BASE_URL"],
        api_key="bench",
        temperature=0,
        max_retries=0,  # type: ignore[arg-type]
    )
    inputs = [[(one["role"], one["content"]) for one in messages] for messages in every]
    started = perf_counter()
    asyncio.run(chat.abatch(inputs, {"max_concurrency": scale.jobs}, extra_body={"response_format": _FORM}))
    return perf_counter() - started


def measure(scale: Scale) -> Table:
    table = Table("what", "measured", "beside it", title=f"{scale.reports} reports, {scale.jobs} calls in flight")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made = briefs(folder, scale.reports)
        every = asked(made)
        ideal = len(every) / scale.jobs * scale.seconds
        with paced(scale.seconds) as endpoint:
            wall, said = regenerate(folder, endpoint, scale)
            counts = endpoint.counts()
            table.add_row("the command, from start to end", f"{wall:.1f} s; {ideal / wall:.2f} of the ideal", said)
            within = counts["seconds"] + scale.seconds
            table.add_row(
                "from the first call to the last answer",
                f"{within:.1f} s; {ideal / within:.2f}",
                f"{counts['calls']} calls",
            )
            wall, said = regenerate(folder, endpoint, scale)
            again = endpoint.counts()["calls"] - counts["calls"]
            table.add_row("once more, nothing changed", f"{wall:.2f} s; {again} calls", said)
            table.add_row("one fact changed", *_one_changed(folder, endpoint, scale, made))
        for name, way in (("openai and asyncio alone", bare), ("LangChain's abatch", abatch)):
            with paced(scale.seconds) as endpoint:
                wall = way(endpoint, scale, every)
                table.add_row(name, f"{wall:.1f} s; {ideal / wall:.2f} of the ideal", "no check, no store, no version")
    return table


def _one_changed(folder: Path, endpoint: Running, scale: Scale, made: list[Brief]) -> tuple[str, str]:
    told = made[len(made) // 2]
    fact = told.sections[0].facts[0]
    changed = replace(fact, text=f"{fact.text}，另有3次")
    first = replace(told.sections[0], facts=(changed, *told.sections[0].facts[1:]))
    text = brief_file.dumps(replace(told, sections=(first, *told.sections[1:])))
    (folder / f"{len(made) // 2 + 1}.brief.yaml").write_text(text, encoding="utf-8")
    before = endpoint.counts()["calls"]
    wall, said = regenerate(folder, endpoint, scale)
    return f"{wall:.2f} s; {endpoint.counts()['calls'] - before} call", said


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=0.2)
    chosen = parser.parse_args()
    Console(width=150).print(measure(Scale(chosen.reports, chosen.jobs, chosen.seconds)))
