"""File formats: from the bytes of one file to its blocks, one folder or module a format."""
