"""Pieces of pages as HTML. Every text of a report or a person is escaped here, and nowhere else."""
