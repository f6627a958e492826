"""Changes: two versions of a report compared, change by change, as a careful editor would mark them."""

from drafting.changes.comparison import Change, ChangeKind, Comparison, compare
from drafting.changes.edits import Edit, edits
from drafting.changes.rewording import reworded

__all__ = ["Change", "ChangeKind", "Comparison", "Edit", "compare", "edits", "reworded"]
