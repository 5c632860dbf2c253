"""The steps, each a file with its `revision` and the `down_revision` that it follows."""
