"""A new district by the real commands: founded, a sheet imported twice, rubbish refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.demonstration.conftest import Ran


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a founded district: `district` its files, `home` its ledger."""
    folder = tmp_path_factory.mktemp("new")
    assert taizhang(folder, "init", str(folder / "district")).code == 0
    return folder


def taizhang(folder: Path, *words: str) -> Ran:
    command = Path(sys.executable).with_name("taizhang")
    environment = os.environ | {"TAIZHANG_HOME": str(folder / "home")}
    done = subprocess.run(
        [command, *words], capture_output=True, text=True, env=environment, timeout=120, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def sheet(folder: Path, text: str, encoding: str = "utf-8") -> list[str]:
    file = folder / "lamps.csv"
    file.write_bytes(text.encode(encoding))
    where = ["--area", "990101001", "--body", "district-office", "--format", "jsonl"]
    return ["import", str(file), "--as", "street-lights.fault", *where]


def test_its_files_validate_and_it_is_founded_once(place: Path) -> None:
    assert taizhang(place, "validate", str(place / "district")).code == 0
    again = taizhang(place, "init", str(place / "district"))
    assert again.code == 2
    assert "home-taken" in again.err


def test_a_sheet_twice_is_taken_once_with_full_width_and_thousands(place: Path) -> None:
    words = sheet(
        place,
        '地点,灯数,happened\n东街口,２,2026-03-01T09:00:00\n西街口,"1,000",2026-03-02T09:00:00\n',
        "gb18030",
    )
    assert taizhang(place, *words).rows[0]["taken"] == 2
    again = taizhang(place, *words).rows[0]
    assert (again["taken"], again["known"]) == (0, 2)
    figure = taizhang(place, "figures", "--period", "2026-03", "--format", "jsonl").rows[0]
    assert (figure["numerator"], figure["denominator"]) == (0, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("place,lampz\n东街口,2\n", "lampz"),
        ("place,lamps\n东街口\n", "lamps.csv:2"),
        ("place,lamps\n东街口,many\n", "lamps"),
        ("place,lamps,happened\n东街口,2,2026-02-30T09:00:00\n", "2026-02-30"),
        ("", "empty-sheet"),
    ],
)
def test_a_bad_sheet_is_refused_with_its_place(place: Path, text: str, said: str) -> None:
    outcome = taizhang(place, *sheet(place, text))
    assert outcome.code == 2, outcome.out
    assert said in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "document-empty"), (bytes(range(256)) * 40, "document-"), (None, "document-too-large")],
)
def test_a_report_that_is_no_text_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "report.txt"
    if content is None:
        file.touch()
        os.truncate(file, 5 * 2**30)
    else:
        file.write_bytes(content)
    outcome = taizhang(tmp_path, "read", str(file))
    assert outcome.code == 2
    assert said in outcome.err


def test_a_file_cut_in_the_middle_takes_nothing(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "entries.jsonl"
    file.write_text('{"id": "01KTEST0000000000000000001", "kind": "open"', encoding="utf-8")
    outcome = taizhang(place, "post", str(file))
    assert outcome.code == 2
    assert "entries.jsonl:1" in outcome.err
