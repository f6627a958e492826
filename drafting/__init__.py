"""The report itself: brief → draft → document. Knows no check suite and no screen."""
