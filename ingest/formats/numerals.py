"""Write a count as word processors and browsers do: 4, 04, IV, iv, D, d."""

from collections.abc import Callable

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def roman(number: int) -> str:
    """Return a number from 1 on as a Roman numeral in capitals."""
    written = ""
    for value, numeral in _ROMAN:
        count, number = divmod(number, value)
        written += numeral * count
    return written


def letter(number: int) -> str:
    """Return A for 1 to Z for 26, then AA, BB as word processors go on."""
    rounds, place = divmod(number - 1, len(_ALPHABET))
    return _ALPHABET[place] * (rounds + 1)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": letter,
    "lowerLetter": lambda number: letter(number).lower(),
}
"""By the names that word processors give them."""
