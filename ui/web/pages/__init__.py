"""Layout: which components a page has, and which handler each of them calls."""
