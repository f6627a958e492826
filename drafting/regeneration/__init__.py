"""Regeneration: what is out of date in hundreds of reports, and redoing just that."""
