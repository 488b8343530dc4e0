"""Acts of the European Union in the formats that EUR-Lex and Cellar give."""
