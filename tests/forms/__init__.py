"""Invented objective sheets with their truth: drawn, rendered, damaged, and compared with what was read."""
