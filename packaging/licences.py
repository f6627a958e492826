"""Licences: what each wheel says it is under, and the texts that it brings."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from wheels import Wheel

_TEXT = re.compile(r"(licen[sc]e|copying|notice|copyright)([-._].*)?", re.IGNORECASE)
_NO_TEXT = {".py", ".pyi", ".pyc", ".json", ".so", ".js", ".h", ".hpp"}
_CLASSIFIER = "License :: OSI Approved :: "
_BY_CLASSIFIER = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD (clause count not stated)",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
}
_BY_WORDS = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "bsd 3-clause": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "mit license": "MIT",
    "the mit license": "MIT",
}
_LONGEST = 60
"""Some put the whole text where its name belongs; its first line tells the name then."""


def stated(wheel: Wheel) -> str:
    """The licence that the wheel's metadata state, as an SPDX expression where they allow it; empty where they state none."""
    expression = wheel.metadata["License-Expression"]
    if expression:
        return str(expression).strip()
    words = str(wheel.metadata["License"] or "").strip()
    first = words.partition("\n")[0].strip()
    known = _BY_WORDS.get(first.lower(), words)
    if known and len(known) <= _LONGEST and "\n" not in known and known.upper() != "UNKNOWN":
        return known
    classified = [
        str(line).removeprefix(_CLASSIFIER)
        for line in wheel.metadata.get_all("Classifier") or ()
        if str(line).startswith(_CLASSIFIER)
    ]
    return " OR ".join(_BY_CLASSIFIER.get(name, name) for name in classified)


def texts(wheel: Wheel) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Every file of the wheel that by its name is a licence or a notice, those of what it carries along included."""
    with zipfile.ZipFile(wheel.path) as archive:
        for name in sorted(archive.namelist()):
            path = PurePosixPath(name)
            if not name.endswith("/") and _is_text(path):
                yield path, archive.read(name)


def write(wheels: Sequence[Wheel], others: Iterable[tuple[str, str, str]], folder: Path) -> list[str]:
    """Writes each wheel's texts into a folder of its own, and the table `TABLE.tsv`.

    `others` are name, version and licence of what is no wheel; their texts are the caller's. Returns the names of those
    that bring no text.
    """
    rows, bare = [], []
    for wheel in wheels:
        count = 0
        for path, text in texts(wheel):
            target = folder / wheel.name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
            count += 1
        if not count:
            bare.append(wheel.name)
        rows.append(
            (
                wheel.name,
                wheel.version,
                stated(wheel) or "not stated",
                f"{count} texts" if count else "no text in the wheel",
            )
        )
    rows += [(name, version, licence, "1 text") for name, version, licence in others]
    lines = ["\t".join(row) for row in (("package", "version", "licence", "texts"), *sorted(set(rows)))]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "TABLE.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return bare


def _is_text(path: PurePosixPath) -> bool:
    if path.suffix.lower() in _NO_TEXT:
        return False
    kept = path.parts[0].endswith(".dist-info") and "licenses" in path.parts
    return kept or _TEXT.fullmatch(path.name) is not None
