"""Read while it is tidied, and copied with its home: the same rows, whoever does what beside it."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from plain_cases import CASE, case_type, rows
from plain_ledger import PlainLedger, definitions

from taizhang.lake import Lake, LakeSettings


def totals(lake: Lake, position: int) -> tuple[int, object]:
    with lake.reading(position) as cursor:
        found = cursor.execute(f'SELECT count(*), sum(amount) FROM "{CASE}"').fetchone()
    assert found
    return found


def test_readers_get_the_same_answer_while_it_is_tidied(tmp_path: Path, ledger: PlainLedger) -> None:
    lake = Lake.open(LakeSettings(tmp_path), ledger)
    for turn in range(4):
        ledger.post(rows(turn * 600, 600))  # a Parquet file each
        lake.catch_up()
    wanted = totals(lake, 2_400)
    tidied = threading.Event()
    wrong: list[object] = []
    read = [0, 0]

    def keep_reading(number: int) -> None:
        try:
            while not tidied.is_set():
                if (found := totals(lake, 2_400)) != wanted:
                    wrong.append(found)
                read[number] += 1
        except Exception as error:  # noqa: BLE001 - reported by the test, whatever it is
            wrong.append(repr(error))

    readers = [threading.Thread(target=keep_reading, args=(number,)) for number in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(6):
        for single in range(4):
            ledger.post(rows(10_000 + turn * 10 + single, 1))
            lake.catch_up()
        lake.tidy()
    tidied.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert min(read) > 0
    assert totals(lake, 2_400) == wanted
    assert [(table.rows, table.files) for table in lake.tables()] == [(2_424, 1)]
    lake.close()


def test_a_copied_home_has_a_lake_of_its_own(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    ledger = PlainLedger(first / "ledger.sqlite", definitions(case_type()))
    lake = Lake.open(LakeSettings(first), ledger)
    ledger.post(rows(0, 600))
    lake.catch_up()
    ledger.post(rows(600, 3))  # inlined
    lake.catch_up()
    lake.close()
    ledger.finished()
    shutil.copytree(first, second)
    known = {file.relative_to(first): file.read_bytes() for file in (first / "lake").rglob("*.parquet")}
    shutil.move(first, tmp_path / "elsewhere")  # nothing may be read from where it was
    copy = PlainLedger(second / "ledger.sqlite", definitions(case_type()))
    copied = Lake.open(LakeSettings(second), copy)
    assert copied.position == 603
    assert copied.catch_up().way == "none"
    copy.post(rows(603, 700))
    assert totals(copied, 1_303)[0] == 1_303
    copied.tidy()
    assert totals(copied, 603)[0] == 603
    copied.close()
    moved = Lake.open(
        LakeSettings(tmp_path / "elsewhere"),
        PlainLedger(tmp_path / "elsewhere" / "ledger.sqlite", definitions(case_type())),
    )
    assert totals(moved, 10_000)[0] == 603
    assert (
        known.items()
        <= {
            file.relative_to(tmp_path / "elsewhere"): file.read_bytes()
            for file in (tmp_path / "elsewhere" / "lake").rglob("*.parquet")
        }.items()
    )
    moved.close()


def test_a_tidying_leaves_big_files_alone(tmp_path: Path, ledger: PlainLedger) -> None:
    lake = Lake.open(LakeSettings(tmp_path, bulk=10**9, batch=1_000), ledger)
    lake._connection.execute("CALL lake.set_option('target_file_size', '20KB')")
    ledger.post(rows(0, 20_000))
    lake.catch_up()
    assert lake.tables()[0].files == 20
    lake.tidy()

    def big() -> set[Path]:
        return {file for file in files_in_use(lake) if file.stat().st_size > 20_000}

    merged = big()
    assert 1 < len(merged) <= len(files_in_use(lake)) < 20
    for turn in range(2):
        ledger.post(rows(30_000 + turn * 5, 5))
        lake.catch_up()
        lake.tidy()
        assert merged <= big()
    assert totals(lake, 30_000)[0] == 20_010
    lake.close()


def files_in_use(lake: Lake) -> set[Path]:
    with lake.reading() as cursor:
        found = cursor.execute(f"SELECT data_file FROM ducklake_list_files('lake', '{CASE}')").fetchall()
    return {Path(row[0]) for row in found}


def test_tidying_waits_for_readers_and_gives_up_in_the_end(tmp_path: Path, ledger: PlainLedger) -> None:
    lake = Lake.open(LakeSettings(tmp_path), ledger)
    for turn in range(3):
        ledger.post(rows(turn * 600, 600))
        lake.catch_up()
    wanted = totals(lake, 1_800)
    with lake.reading() as cursor:
        assert lake.tidy() is False
        ledger.post(rows(5_000, 1))
        lake.catch_up()  # who reads may catch up: nobody waits for whom
        assert cursor.execute(f'SELECT count(*), sum(amount) FROM "{CASE}"').fetchone()
    assert lake.tidy() is True
    assert totals(lake, 1_800) == wanted
    assert [table.files for table in lake.tables()] == [1]
    lake.close()
