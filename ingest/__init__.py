"""Files become documents, sections and passages, and a new edition of the index."""
