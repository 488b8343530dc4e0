"""Exports: a conversation or a note becomes a document, and a document becomes a file."""
