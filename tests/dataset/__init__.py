"""The dataset: its files, its order, its descriptions."""
