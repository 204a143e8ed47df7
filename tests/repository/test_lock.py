"""The locks pin every package with hashes, hold what pyproject asks for, and name no host and no machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from source_tree import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==[^\s;]+(?: ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def wrong_lines(text: str) -> list[str]:
    """Lines that are neither a pin nor a hash, and pins without a hash."""
    lines = text.splitlines()
    found = [line for line in lines if not PIN.fullmatch(line) and not HASH.fullmatch(line)]
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if PIN.fullmatch(line) and not HASH.fullmatch(after):
            found.append(f"no hash: {line}")
    return found


def pinned(text: str) -> set[str]:
    return {normal(match.group(1)) for line in text.splitlines() if (match := PIN.fullmatch(line))}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_only_pins_and_hashes(path: Path) -> None:
    assert not wrong_lines(path.read_text("utf-8"))


def test_everything_asked_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {"runtime": project["project"]["dependencies"]}
    asked |= {group: project["dependency-groups"][group] for group in ("test", "lint", "bench")}
    assert {path.stem for path in LOCKS} == {*asked, "build"}
    for lock, wanted in asked.items():
        names = {normal(re.match(r"[A-Za-z0-9._-]+", one).group()) for one in wanted}  # type: ignore[union-attr]
        missing = names - pinned((ROOT / "requirements" / f"{lock}.txt").read_text("utf-8"))
        assert not missing, f"requirements/{lock}.txt lacks {sorted(missing)}: run make lock"


@pytest.mark.parametrize(
    "text",
    [
        "typer==0.29.2\n",
        "typer==0.29.2 \\\n    --hash=md5:00\n",
        "--index-url somewhere\n",
        "typer @ file:///wheels/typer.whl \\\n",
        f"typer>=0.29 \\\n    --hash=sha256:{'0' * 64}\n",
    ],
)
def test_the_check_sees_a_bad_lock(text: str) -> None:
    assert wrong_lines(text)
