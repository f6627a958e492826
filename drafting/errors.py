"""Everything that can go wrong, drawn before it is defined.

ChengwenError
├── InputError            the input must be mended by its author (exit status 2)
│   ├── PeriodError       a period that cannot be read (also a ValueError)
│   ├── BriefError        a brief file or spreadsheet
│   ├── ProfileError      a profile or a prompt template
│   ├── DocumentError     a .docx, .md, .txt or report file that cannot be read
│   └── VersionError      a version that is not there, or of which there are several
├── WorkspaceError        the store cannot be opened, read or written (exit status 2)
├── EditConflict          someone else changed the same place; both texts are kept (exit status 1)
├── ReviewRefused         a step of review that this person may not take, or not now (exit status 1)
├── LogInRefused          a directory's person who may not come in (not at the command line)
├── DirectoryUnreachable  who vouches for accounts stayed away, or is set up wrongly (not at the command line)
├── ModelError
│   ├── ModelSetupError   a spec, key or package is missing or wrong (exit status 2)
│   ├── ModelUnreachable  the endpoint stayed away; run it again later (exit status 3)
│   └── WeightsError      weights could not be fetched or failed their digest (exit status 3)
├── OutboundRefused       a fact may not leave this machine (exit status 2)
└── ExportRefused         findings at error level stand (exit status 1)

An error's message names the object it is about and what would mend it, in one line, in the user's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One thing wrong with an input file; line and column count from 1, 0 where there is none."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class ChengwenError(Exception):
    """Base of every error that this project raises on purpose."""


class InputError(ChengwenError):
    """Bad input. `complaints` holds everything that is wrong with it, in the file's order."""

    def __init__(self, message: str = "", complaints: Sequence[Complaint] = ()) -> None:
        self.complaints: tuple[Complaint, ...] = tuple(complaints) or (Complaint("", 0, 0, message),)
        super().__init__("\n".join(str(complaint) for complaint in self.complaints))


class PeriodError(InputError, ValueError):
    """A period that cannot be read."""


class BriefError(InputError):
    """A brief file or a spreadsheet that cannot be used."""


class ProfileError(InputError):
    """A profile or a prompt template that cannot be used."""


class DocumentError(InputError):
    """A document that cannot be read."""


class VersionError(InputError):
    """A version that the workspace does not have, or a beginning that several share."""


class WorkspaceError(ChengwenError):
    """The workspace cannot be opened, read or written. What was acknowledged before is there; of this nothing is."""


class EditConflict(ChengwenError):
    """Someone else changed the same place meanwhile. Both texts are in the workspace."""


class ReviewRefused(ChengwenError):
    """A step of review that may not be taken: by this person, or in this state."""


class LogInRefused(ChengwenError):
    """Somebody whom a directory vouches for, and who may not come in all the same."""


class DirectoryUnreachable(ChengwenError):
    """The directory or the provider did not answer, or not as it should: nothing is known of the person."""


class ModelError(ChengwenError):
    """Something about the model."""


class ModelSetupError(ModelError):
    """The model spec, its key or its package is missing or wrong."""


class ModelUnreachable(ModelError):
    """The endpoint did not answer within the retries; nothing was written."""


class WeightsError(ModelError):
    """Weights could not be fetched, or their digest is not the catalog's."""


class OutboundRefused(ChengwenError):
    """A fact carries a secrecy mark or a personal identifier and the endpoint is not on this machine."""


class ExportRefused(ChengwenError):
    """The gate found errors that are not waived."""
