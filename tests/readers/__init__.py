"""Readers: what becomes of text, Markdown, HTML and DOCX, and what is refused."""
