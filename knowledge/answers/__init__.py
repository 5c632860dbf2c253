"""Answers made of quotes: one module for each thing that a question can be about."""
