"""Letter classes for patterns: Python's `re` cannot say "capital letter" for Ă, Đ, Ơ, Ư and their tones."""

_LATIN = [chr(code) for code in range(ord("A"), 0x1EFA)]

UPPER = "".join(letter for letter in _LATIN if letter.isupper())
"""Every Latin capital, to stand inside `[…]`."""
LOWER = "".join(letter for letter in _LATIN if letter.islower())
"""Every small Latin letter, to stand inside `[…]`."""
