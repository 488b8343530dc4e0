"""Readers: from the bytes of one file to the passages of one document."""
