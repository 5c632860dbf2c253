"""Everything that knows Telegram, and the terminal chat."""
