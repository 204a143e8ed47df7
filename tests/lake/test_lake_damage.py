"""A lake that is missing, damaged or out of disk: a clear error or a lake made anew, never a wrong one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from plain_cases import CASE, case_type, rows
from plain_ledger import PlainLedger, definitions

from taizhang.errors import HomeError
from taizhang.lake import Lake, LakeSettings


def count(lake: Lake) -> int:
    return lake.cursor().execute(f'SELECT count(*) FROM "{CASE}"').fetchone()[0]


def test_without_its_catalogue_it_is_made_anew(tmp_path: Path, ledger: PlainLedger) -> None:
    settings = LakeSettings(tmp_path, bulk=100)
    ledger.post(rows(0, 600))
    lake = Lake.open(settings, ledger)
    assert count(lake) == 600
    lake.close()
    for file in settings.folder.glob("catalogue.sqlite*"):
        file.unlink()
    lake = Lake.open(settings, ledger)
    assert count(lake) == 600
    assert len(list(settings.data.rglob("*.parquet"))) == lake.tables()[0].files
    lake.close()


def test_a_damaged_catalogue_says_so_and_can_be_discarded(tmp_path: Path, ledger: PlainLedger) -> None:
    settings = LakeSettings(tmp_path, bulk=100)
    ledger.post(rows(0, 600))
    lake = Lake.open(settings, ledger)
    lake.catch_up()
    lake.close()
    settings.catalogue_file.write_bytes(b"not a database" * 1000)
    with pytest.raises(HomeError, match="lake-damaged") as raised:
        Lake.open(settings, ledger)
    assert "discard" in raised.value.problems[0].remedy
    Lake.discard(settings)
    lake = Lake.open(settings, ledger)
    assert count(lake) == 600
    lake.close()


def test_a_missing_parquet_file_is_no_empty_answer(tmp_path: Path, ledger: PlainLedger) -> None:
    settings = LakeSettings(tmp_path, bulk=100)
    ledger.post(rows(0, 600))
    lake = Lake.open(settings, ledger)
    lake.catch_up()
    for file in settings.data.rglob("*.parquet"):
        file.unlink()
    lake.close()
    lake = Lake.open(settings, ledger)
    with pytest.raises(HomeError, match="lake-damaged"), lake.reading() as cursor:
        cursor.execute(f'SELECT sum(amount) FROM "{CASE}"')
    lake.rebuild()
    assert count(lake) == 600
    lake.close()


def test_a_ledger_with_a_missing_version_is_not_copied(tmp_path: Path, ledger: PlainLedger) -> None:
    for bulk in (10_000, 1):
        lake = Lake.open(LakeSettings(tmp_path, bulk=bulk), ledger)
        ledger.post(rows(0, 5))
        lake.rebuild()
        ledger.post(rows(5, 3))
        ledger.forget(ledger.position() - 1)
        with pytest.raises(HomeError, match="ledger-versions-missing"):
            lake.catch_up()
        assert lake.position == ledger.position() - 3
        ledger.forget(*range(1, ledger.position() + 1))
        lake.close()


def test_a_lake_of_another_ledger_is_refused(tmp_path: Path, ledger: PlainLedger) -> None:
    ledger.post(rows(0, 5))
    lake = Lake.open(LakeSettings(tmp_path), ledger)
    lake.catch_up()
    lake.close()
    ledger.forget(4, 5)
    lake = Lake.open(LakeSettings(tmp_path), ledger)
    with pytest.raises(HomeError, match="lake-ahead"):
        lake.cursor()
    lake.rebuild()
    assert count(lake) == 3
    lake.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a small disk")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=1200k", "tmpfs", str(folder)], check=False)
    if done.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_changes_nothing_and_says_so(small_disk: Path, tmp_path: Path) -> None:
    ledger = PlainLedger(tmp_path / "ledger.sqlite", definitions(case_type()))
    lake = Lake.open(LakeSettings(small_disk, bulk=1_000), ledger)
    ledger.post(rows(0, 10))
    lake.catch_up()
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(b"x" * 4096)
    ledger.post(rows(10, 3))
    with pytest.raises(HomeError, match="disk-full"):
        lake.catch_up()
    ledger.post(rows(100, 60_000))
    with pytest.raises(HomeError, match="disk-full"):
        lake.catch_up()
    filler.unlink()
    assert lake.position == 10
    lake.close()
