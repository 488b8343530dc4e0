"""Text, lists and tables of PDF files, and pictures of their pages."""
