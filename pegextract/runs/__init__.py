"""Runs: from inputs to a written dataset."""
