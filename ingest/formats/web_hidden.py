"""Tell text of a web page that a browser does not show: switched off, white, without size, or beside the page."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_OFF = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0*)?\s*(?:;|$|!)"
    r"|font-size\s*:\s*(?:0*(?:\.\d+)?|[0-2](?:\.\d+)?\s*p[xt])\s*(?:;|$|!|p|e|%)"
    r"|(?:text-indent|left|top|margin-left)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:white|snow|ivory|#f[7-f]f[7-f]f[7-f]|#fff|rgba?\(\s*25[0-5]\s*,\s*25[0-5]\s*,\s*25[0-5])",
    re.IGNORECASE,
)
_ATTRIBUTE_WHITE = re.compile(r"white|#?fff(?:fff)?", re.IGNORECASE)
_GROUND = re.compile(
    r"background(?:-color|-image)?\s*:\s*(?!\s*(?:#fff(?:fff)?\b|white|transparent|none|inherit|initial))",
    re.IGNORECASE,
)
_RULES = re.compile(r"(?P<selectors>[^{}@]+)\{(?P<body>[^{}]*)\}")
_AT_RULES = re.compile(r"/\*.*?\*/|@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})", re.DOTALL)
"""Comments, and what holds for printers or narrow screens alone."""
_SIMPLE = re.compile(r"[\w.#\s>-]+")
_MUCH = 0.2
"""Of a page's text; a script will show what is switched off and holds so much of it."""


def is_unseen(node: LexborNode) -> bool:
    """Tell whether an element by itself is not shown."""
    attributes = node.attributes
    style = attributes.get("style") or ""
    if "hidden" in attributes or _OFF.search(style):
        return True
    white = _WHITE.search(style) or _ATTRIBUTE_WHITE.fullmatch(attributes.get("color") or "")
    return bool(white) and not _stands_on_ground(node)


def switch_off(page: LexborHTMLParser) -> None:
    """Mark what the page's own style sheet hides, so that it is seen like what hides itself."""
    if page.body is None:
        return
    much = len(page.body.text()) * _MUCH
    for sheet in page.css("style"):
        for rule in _RULES.finditer(_AT_RULES.sub("", sheet.text())):
            if _OFF.search(rule["body"]) or (_WHITE.search(rule["body"]) and not _GROUND.search(rule["body"])):
                _mark(page, rule["selectors"], much)


def hidden_texts(content: LexborNode) -> list[str]:
    """Return the texts inside an element that are not shown, but for scripts and the like."""
    unseen = [node for node in content.css("[style], [hidden], font[color]") if is_unseen(node)]
    ids = {node.mem_id for node in unseen}
    outermost = [node for node in unseen if not _inside(node, ids)]
    texts = (" ".join(node.text(separator=" ").split()) for node in outermost)
    return [text for text in texts if any(map(str.isalnum, text))]


def _mark(page: LexborHTMLParser, selectors: str, much: float) -> None:
    for selector in selectors.split(","):
        if not _SIMPLE.fullmatch(selector.strip()):
            continue
        try:
            nodes = page.css(selector.strip())
        except (SelectolaxError, ValueError):
            continue
        for node in nodes:
            if len(node.text()) <= much:
                node.attrs["hidden"] = ""


def _stands_on_ground(node: LexborNode) -> bool:
    current: LexborNode | None = node
    while current is not None:
        attributes = current.attributes
        if _GROUND.search(attributes.get("style") or "") or attributes.get("bgcolor"):
            return True
        current = current.parent
    return False


def _inside(node: LexborNode, ids: set[int]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id in ids:
            return True
        parent = parent.parent
    return False
