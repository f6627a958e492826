"""The walk from last period's report into this one: each old fact beside what this period says of it, confirmed, replaced or dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drafting.desk.facts import of_fact
from drafting.rolling import items, walks
from drafting.rolling.items import OUTLOOK, Item, Rolling
from drafting.workspace import engine, history, saving
from drafting.workspace.rows import Document
from ui.web.calls import Answer, Call
from ui.web.ground import keep_check
from ui.web.handlers import asking, beginning
from ui.web.services import Asked

_ACTS: Mapping[str, Callable[[Rolling, str], Rolling]] = {
    "confirm": items.confirm,
    "drop": items.drop,
    "reopen": items.reopen,
}


def open_walk(asked: Asked) -> Answer:
    """The walk of a report as it stands."""
    document = _document(asked)
    asked.sent.settle()
    with asked.workspace.reading() as connection:
        return told(document, walks.get(connection, document.id)[0])


def settle(asked: Asked) -> Answer:
    """One answer to one question: confirm, replace with a text, drop, reopen, or accept what is offered beside it. The walk after it."""
    document = _document(asked)
    item, act = asked.sent.text("item"), asked.sent.choice("act", (*_ACTS, "replace", "accept"))
    text, offer = asked.sent.text("text", ""), asked.sent.whole("offer", 0)
    asked.sent.settle()

    def step(rolling: Rolling) -> Rolling:
        if act == "replace":
            return items.replaced(rolling, item, of_fact(text))
        if act == "accept":
            return items.accept(rolling, item, offer)
        return _ACTS[act](rolling, item)

    with engine.writing(asked.workspace.engine, asked.workspace.location) as connection:
        return told(document, walks.change(connection, document.id, step))


def finish(asked: Asked) -> Answer:
    """Makes the brief of a walk in which nothing is open the report's next version. Raises InputError while anything is."""
    document = _document(asked)
    asked.sent.settle()
    with asked.workspace.reading() as connection:
        rolling, base_id = walks.get(connection, document.id)
        base = history.version(connection, base_id)
    report = beginning.skeleton(items.brief(rolling))
    made = saving.save(
        asked.workspace,
        base,
        report,
        asked.user.name,
        note="承接上期的事实定下",
        along=lambda ledger: walks.end(ledger.connection, document.id),
    )
    keep_check(asked.workspace, document, made, asked.user.name)
    asked.services.jobs.notices.tell(document.id)
    return {"report": document.id, "version": made.short}


def told(document: Document, rolling: Rolling) -> dict[str, Any]:
    """What the page shows."""
    sections = [
        {"heading": heading, "items": [_item(one) for one in rolling.of_section(number)]}
        for number, heading in enumerate(rolling.headings, start=1)
    ]
    return {
        "report": document.id,
        "name": document.name,
        "last": str(rolling.last),
        "period": str(rolling.period),
        "sections": sections,
        "outlook": [_item(one) for one in rolling.of_section(OUTLOOK)],
        "claims": [{"text": sentence, "note": note} for sentence, note in rolling.claims],
        "open": len(rolling.open),
        "all": len(rolling.items),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "old": item.old,
        "line": item.line,
        "candidate": item.candidate,
        "source": item.source,
        "notes": list(item.notes),
        "offers": [{"text": text, "formula": formula} for text, formula in item.offers],
        "state": item.state,
        "unchanged": item.unchanged,
        "text": item.text,
    }


def _document(asked: Asked) -> Document:
    with asked.workspace.reading() as connection:
        return asking.asked_report(connection, asked.user, asked.sent.whole("report"), write=True)


CALLS: dict[str, Call] = {
    "roll/open": Call(open_walk, ("drafter",)),
    "roll/settle": Call(settle, ("drafter",)),
    "roll/finish": Call(finish, ("drafter",)),
}
