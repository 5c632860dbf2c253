"""Tell text of a Word file that nobody sees on the page: hidden, white on white, or too small to read."""

from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

_TINY = 4
"""Half points; what is no larger looks like a hairline."""
_LIGHT = 0xF7
"""From this share of red, green and blue on, a colour is white."""
_OFF = frozenset({"0", "false", "off"})
_VALUE = qn("w:val")


@dataclass(frozen=True, slots=True)
class _Look:
    """What a run or style says of its letters; None where it says nothing."""

    hidden: bool | None = None
    white: bool | None = None
    size: int | None = None
    """In half points."""

    def over(self, below: "_Look") -> "_Look":
        """Return it with what another says where this one says nothing."""
        return _Look(
            below.hidden if self.hidden is None else self.hidden,
            below.white if self.white is None else self.white,
            below.size if self.size is None else self.size,
        )


class Sight:
    """Knows the styles of a document, and so what each run looks like."""

    def __init__(self, document: WordDocument) -> None:
        styles = document.styles.element
        self._elements = {style.get(qn("w:styleId")): style for style in styles.iterchildren(qn("w:style"))}
        self._looks: dict[str | None, _Look] = {}
        defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._default = _look(defaults)
        usual = (name for name, style in self._elements.items() if _is_usual(style))
        self._paragraph = next(usual, None)

    def sees(self, run: Any) -> bool:  # noqa: ANN401 - XML elements have no types
        """Tell whether a run's letters can be seen."""
        properties = run.find(qn("w:rPr"))
        look = _look(properties).over(self._of_style(_style(properties, "w:rStyle")))
        look = look.over(self._of_style(self._style_of_paragraph(run))).over(self._default)
        tiny = look.size is not None and look.size <= _TINY
        return not (look.hidden or tiny or (look.white and not _has_ground(run)))

    def _style_of_paragraph(self, run: Any) -> str | None:  # noqa: ANN401 - as above
        paragraph = next(run.iterancestors(qn("w:p")), None)
        named = _style(paragraph.find(qn("w:pPr")), "w:pStyle") if paragraph is not None else None
        return named or self._paragraph

    def _of_style(self, name: str | None) -> _Look:
        if name not in self._looks:
            # Styles that are based on each other in a ring end here.
            self._looks[name] = _Look()
            element = self._elements.get(name)
            if element is not None:
                based = element.find(qn("w:basedOn"))
                below = self._of_style(based.get(_VALUE)) if based is not None else _Look()
                self._looks[name] = _look(element.find(qn("w:rPr"))).over(below)
        return self._looks[name]


def _look(properties: Any) -> _Look:  # noqa: ANN401 - as above
    if properties is None:
        return _Look()
    hidden, colour, size = (properties.find(qn(name)) for name in ("w:vanish", "w:color", "w:sz"))
    written = size.get(_VALUE, "") if size is not None else ""
    return _Look(
        None if hidden is None else hidden.get(_VALUE, "1") not in _OFF,
        None if colour is None else _is_white(colour.get(_VALUE, "")),
        int(written) if written.isdecimal() else None,
    )


def _is_white(colour: str) -> bool:
    try:
        shades = bytes.fromhex(colour)
    except ValueError:  # "auto", the colour that can be seen
        return False
    return len(shades) == len("RGB") and min(shades) >= _LIGHT


def _has_ground(run: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether anything dark lies behind a run: its own shading, or that of its paragraph or cell."""
    holders = [run.find(qn("w:rPr"))]
    for ancestor in run.iterancestors(qn("w:p"), qn("w:tc")):
        holders.append(ancestor.find(qn("w:pPr")))
        holders.append(ancestor.find(qn("w:tcPr")))
    found = [holder for holder in holders if holder is not None]
    shades = [shade.get(qn("w:fill"), "auto") for holder in found for shade in holder.iterchildren(qn("w:shd"))]
    marked = any(holder.find(qn("w:highlight")) is not None for holder in found)
    return marked or any(shade != "auto" and not _is_white(shade) for shade in shades)


def _is_usual(style: Any) -> bool:  # noqa: ANN401 - as above
    return bool(style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true"})


def _style(properties: Any, name: str) -> str | None:  # noqa: ANN401 - as above
    style = properties.find(qn(name)) if properties is not None else None
    return style.get(_VALUE) if style is not None else None
