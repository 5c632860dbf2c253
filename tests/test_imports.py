"""Importing is free of consequences: no settings, no files, no network, no processes, in any module."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PACKAGES = ("bot", "ingest", "knowledge", "prompts")

# Runs in a child: imports modules and prints what their code did meanwhile. What a library does while it is
# itself being imported is the library's affair: the nearest module on the stack decides whose deed it is.
IMPORTER = """
import importlib, json, os, sys
project, *names = sys.argv[1:]
sys.path.insert(0, project)
sys.dont_write_bytecode = True
deeds = []
ACTS = ("socket.", "subprocess.", "sqlite3.", "shutil.", "tempfile.", "open", "os.system", "os.mkdir",
        "os.remove", "os.rename", "os.listdir", "os.scandir")

def note(deed):
    frame = sys._getframe(2)
    while frame and frame.f_code.co_name != "<module>":
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            return  # reading the code of a module is no deed
        frame = frame.f_back
    file = frame.f_code.co_filename if frame else ""
    if file.startswith(project) and "site-packages" not in file:
        deeds.append(f"{os.path.relpath(file, project)}: {deed}")

def watch(event, arguments):
    if event.startswith(ACTS):
        note(f"{event} {arguments!r}")

class Watched(type(os.environ)):
    def __getitem__(self, name):
        if not name.startswith("PYDANTIC_"):  # which pydantic asks for whenever a model is defined
            note(f"environment {name}")
        return super().__getitem__(name)

    def __iter__(self):
        note("environment")
        return super().__iter__()

os.environ.__class__ = Watched
sys.addaudithook(watch)
for name in names:
    importlib.import_module(name)
sys.stdout.write(json.dumps(deeds))
"""


def deeds_at_import(project: Path, names: list[str], folder: Path) -> list[str]:
    """Import modules in a process with an empty environment; return what their code did meanwhile."""
    importer = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", IMPORTER, str(project), *names],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert importer.returncode == 0, importer.stderr
    deeds: list[str] = json.loads(importer.stdout)
    return deeds


def test_every_module_imports_without_consequences(tmp_path: Path) -> None:
    """With an empty environment every module can be imported, and touches neither disk nor environment."""
    modules = [
        ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
        for package in PACKAGES
        for path in sorted((PROJECT / package).rglob("*.py"))
    ]
    assert len(modules) > 50
    deeds = deeds_at_import(PROJECT, modules, tmp_path)
    assert not deeds, "\n".join(deeds)


@pytest.mark.parametrize(
    ("code", "deed"),
    [
        pytest.param("import os; os.environ.get('DATA_DIR')", "environment DATA_DIR", id="environment"),
        pytest.param("from pathlib import Path; Path('x').touch()", "open", id="file"),
        pytest.param("import sqlite3; sqlite3.connect('x')", "sqlite3.connect", id="database"),
        pytest.param("import socket; socket.socket()", "socket.__new__", id="socket"),
        pytest.param("class Settings:\n    import tempfile; folder = tempfile.mkdtemp()", "tempfile", id="class-body"),
        pytest.param(
            "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a: str = ''\nS()",
            "environment",
            id="settings",
        ),
    ],
)
def test_the_watch_is_awake(tmp_path: Path, code: str, deed: str) -> None:
    """A module that does something at import is reported by name."""
    (tmp_path / "careless.py").write_text(code, encoding="utf-8")
    deeds = deeds_at_import(tmp_path, ["careless"], tmp_path)
    assert any(found.startswith(f"careless.py: {deed}") for found in deeds), deeds
