"""One file for each thing that people can do: a few lines of Telegram around one call."""
