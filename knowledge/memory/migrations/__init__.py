"""How the tables came to be as they are, one step a file in `versions/`; run whenever the memory is opened.

To change a table: change `knowledge/memory/tables.py`, and add a file to `versions/` whose `down_revision` is the
newest `revision`. A step that was released is never changed.
"""
