"""Benchmarks: `make bench`. Ratios measured in one run, printed as a table; nothing here passes or fails."""
