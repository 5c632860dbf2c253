"""Keep the files that administrators send until they are published, dropped, or a day old."""

import re
import secrets
import shutil
import unicodedata
from pathlib import Path

_FOLDER = "incoming"
_MOST_STEM_BYTES = 120
_MOST_SUFFIX = 8
_NAMELESS = "van-ban"
_FORBIDDEN = re.compile(r'[<>:"|?*%]')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Incoming:
    """A folder with a folder of its own for each file, so that no name meets another."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir.absolute() / _FOLDER

    def place(self, name: str) -> Path:
        """Return where to write a file that somebody named so; its folder is there."""
        folder = self._folder / secrets.token_hex(8)
        folder.mkdir(parents=True)
        return folder / safe_name(name)

    def discard(self, file: Path) -> None:
        """Remove a file with its folder."""
        shutil.rmtree(file.parent, ignore_errors=True)

    def clear(self) -> None:
        """Remove what an earlier run of the bot has left: nobody can ask for it any more."""
        shutil.rmtree(self._folder, ignore_errors=True)


def safe_name(name: str) -> str:
    """Return a name that is one file in one folder and looks like what it is, its suffix kept."""
    seen = "".join(letter for letter in unicodedata.normalize("NFC", name) if _is_seen(letter))
    last = re.split(r"[/\\]", seen)[-1]
    stem, dot, suffix = last.rpartition(".")
    if not dot or not re.fullmatch(rf"[A-Za-z0-9]{{1,{_MOST_SUFFIX}}}", suffix):
        stem, suffix = last, ""
    stem = _FORBIDDEN.sub("-", stem).strip(" .-_")
    short = stem.encode()[:_MOST_STEM_BYTES].decode(errors="ignore").strip()
    return f"{short or _NAMELESS}{'.' if suffix else ''}{suffix.lower()}"


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in _UNSEEN
