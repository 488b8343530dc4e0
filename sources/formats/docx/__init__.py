"""Text, lists and tables of DOCX (Word) files."""
