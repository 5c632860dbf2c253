"""`make` is what a newcomer types first: it sets up by itself, and only what must be set up."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
MAKE = shutil.which("make") or "make"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give a folder with what `make` reads, and nothing that was set up."""
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(PROJECT / name, tmp_path / name)
    return tmp_path


def make(clone: Path, *arguments: str, path: str | None = None) -> "subprocess.CompletedProcess[str]":
    """Run make as a person would, without the settings of the make that runs the tests."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    inherited.pop("PYTHON", None)
    environment = inherited | ({"PATH": path} if path is not None else {})
    return subprocess.run(  # noqa: S603 - make, with arguments from this file
        [MAKE, *arguments],
        cwd=clone,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def a_python(path: Path, answer: str) -> Path:
    """Write something that is called like a Python, and answers every question about itself in one way."""
    path.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def with_environment(clone: Path) -> None:
    """Set the clone up as `make run` leaves it, but that nothing is installed."""
    (clone / ".venv" / "bin").mkdir(parents=True)
    a_python(clone / ".venv" / "bin" / "python", "exit 0")
    (clone / ".venv" / "run.installed").touch()
    (clone / ".venv" / "dev.installed").touch()


def test_the_first_run_makes_an_environment_and_installs_by_hash(clone: Path) -> None:
    """On a fresh clone `make run` makes `.venv`, installs what the lock lists and starts the bot."""
    plan = make(clone, "-n", "run").stdout
    steps = ["-m venv --clear .venv", "pip install --require-hashes --no-deps", "-m bot"]
    places = [plan.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)
    assert "-r requirements.lock" in plan


@pytest.mark.parametrize(
    ("goal", "lock"), [("run", "requirements.lock"), ("test", "requirements-dev.lock")], ids=["run", "test"]
)
def test_packages_are_installed_again_only_when_the_lock_changed(clone: Path, goal: str, lock: str) -> None:
    """The second time nothing is installed; after a change of the lock it is, into the same environment."""
    with_environment(clone)
    assert "pip install" not in make(clone, "-n", goal).stdout
    later = (clone / ".venv" / "run.installed").stat().st_mtime + 10
    os.utime(clone / lock, (later, later))
    plan = make(clone, "-n", goal).stdout
    assert f"-r {lock}" in plan
    assert "-m venv" not in plan


@pytest.mark.parametrize("answer", [pytest.param(None, id="python-gone"), pytest.param("exit 1", id="without-pip")])
def test_a_broken_environment_is_made_again(clone: Path, answer: str | None) -> None:
    """An environment that has lost its Python, or was made by half, is made anew."""
    with_environment(clone)
    broken = clone / ".venv" / "bin" / "python"
    broken.unlink()
    if answer:
        a_python(broken, answer)
    plan = make(clone, "-n", "run").stdout
    assert "-m venv --clear" in plan
    assert "pip install" in plan


def test_an_old_python_gets_a_sentence(clone: Path) -> None:
    """With a Python older than 3.11 nothing is made; English and Vietnamese say what is needed."""
    old = a_python(clone / "python3.9", '[ "$1" = --version ] && echo "Python 3.9.2" || exit 1')
    done = make(clone, "run", f"PYTHON={old}")
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed; here is Python 3.9.2" in done.stderr
    assert "Cần Python 3.11 trở lên" in done.stderr
    assert not (clone / ".venv").exists()


def test_a_newer_python_is_found_under_its_own_name(clone: Path) -> None:
    """Where `python3` is too old, a `python3.11` on the PATH is taken."""
    names = clone / "names"
    names.mkdir()
    a_python(names / "python3", "exit 1")
    a_python(names / "python3.11", "exit 0")
    assert '"python3.11" -m venv' in make(clone, "-n", "run", path=str(names)).stdout


def test_no_python_at_all_gets_the_sentence(clone: Path) -> None:
    """Without any Python the same sentence comes, not a shell's complaint alone."""
    done = make(clone, "run", path=str(clone / "nothing"))
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr


def test_ci_runs_what_make_test_runs() -> None:
    """`.ci/run` can be started, kills a hundred builds and runs `make test` with every check in it."""
    script = PROJECT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    steps = re.findall(r"^(?:exec )?make (\w+)\b", script.read_text(encoding="utf-8"), re.MULTILINE)
    assert steps == ["crash", "test"]
    assert "--kills 100" in make(PROJECT, "-n", "crash").stdout
    plan = make(PROJECT, "-n", "test").stdout
    for check in ("ruff format --check", "ruff check", "mypy", "lint-imports", "pytest"):
        assert check in plan


def locked(name: str) -> dict[str, str]:
    """Return the versions of a lock file, by package and marker."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    return {
        f"{package} {marker}": version
        for package, version, marker in re.findall(r"^([\w.-]+)==(\S+)((?: ; [^\\\n]+)?)", text, re.MULTILINE)
    }


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    """Every package is pinned with hashes, and no file says where packages come from."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    pins = [block for block in re.split(r"\n(?=\S)", text) if not block.startswith("#")]
    assert len(pins) > 50
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", pin) for pin in pins)


def test_locks_agree_with_the_project_and_each_other() -> None:
    """What pyproject asks for is locked, and the development lock holds the versions for running."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert run.items() <= dev.items()
    asked = {"run": project["project"]["dependencies"], "dev": project["dependency-groups"]["dev"]}
    for lock, requirements in ((run, asked["run"]), (dev, asked["dev"])):
        pinned = {pin.split()[0] for pin in lock}
        assert {re.split(r"[\[<>=~ ]", requirement)[0] for requirement in requirements} <= pinned


def test_git_keeps_the_projects_own_data() -> None:
    """What is ignored as the operator's data does not take the project's own documents and tables along."""
    git = shutil.which("git")
    if git is None or not (PROJECT / ".git").exists():
        pytest.skip("no git here")
    own = [str(path) for path in (PROJECT / "knowledge" / "data").rglob("*") if path.is_file()]
    ignored = subprocess.run(  # noqa: S603 - git, with files of this project
        [git, "check-ignore", "--no-index", *own], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert ignored.stdout == ""
