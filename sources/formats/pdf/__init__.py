"""Text, lists and tables of PDF files."""
