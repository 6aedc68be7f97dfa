"""Readers: bytes of any kind to a Document."""
