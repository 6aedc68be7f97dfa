"""Measures what docs/benchmarks.md reports: `make bench`, or `python -m benchmarks --quick`."""
