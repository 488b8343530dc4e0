"""Legal structure: from the blocks of a document to passages, their portions and locators."""
