"""Runs: finding documents, worker processes, what is told."""
