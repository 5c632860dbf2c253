"""Answers that a language model writes and code verifies; without a model nothing of this is loaded."""
