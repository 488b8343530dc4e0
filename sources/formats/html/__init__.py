"""Text, lists and tables of HTML pages."""
