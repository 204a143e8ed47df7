"""Bad input to the real command: exit code 2, what is wrong and where and what to do, nothing half-done."""

from __future__ import annotations

import json
import resource
import shutil
import signal
from pathlib import Path

import pytest
from tests.cli.commands import Place, entry, founded, lines

SHEET = (
    "--as",
    "street-lights.fault",
    "--area",
    "990101001",
    "--body",
    "district-office",
    "--format",
    "jsonl",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return founded(tmp_path_factory.mktemp("bad"))


# -- programme files -----------------------------------------------------------------------------------------

FILE = "programmes/street-lights.yaml"


@pytest.mark.parametrize(
    "changes",
    [
        {
            "unknown-field": ("type: text, required: true", "type: text, requird: true", 10),
            "unknown-mechanism": ("mechanism: case", "mechanism: cases", 8),
            "yaml-syntax": ("states: [reported, mended]", "states: [reported, mended", 13),
            "missing-key": ("    mechanism: case\n", "", 7),
        },
        {
            "unknown-function": ("state = 'mended'", '"days_betwen(opened_at, mended_at) > 2"', 25),
            "not-in-language": ("state = 'mended'", "lower(state) = 'mended'", 25),
            "unknown-choice": ("state = 'mended'", "state = 'mendd'", 25),
            "unknown-date-column": ("on: opened_at}", "on: open_at}", 26),
            "impossible-unit": ("    denominator: {value: count(*), on: opened_at}\n", "", 26),
        },
    ],
    ids=["shape", "meaning"],
)
def test_programme_files(place: Place, tmp_path: Path, changes: dict[str, tuple[str, str, int]]) -> None:
    """Each mistake in a file of its own; all are told at once, with line and column."""
    good = (place.folder / "district" / FILE).read_text("utf-8")
    folder = tmp_path / "changed"
    (folder / "programmes").mkdir(parents=True)
    shutil.copy(place.folder / "district" / "district.yaml", folder)
    for code, (was, is_now, _) in changes.items():
        assert was in good
        text = good.replace("programme: street-lights", f"programme: {code}").replace(was, is_now, 1)
        if code == "impossible-unit":
            text = text.replace("numerator: {", "value: {")
        (folder / "programmes" / f"{code}.yaml").write_text(text, "utf-8")
    said = place.refuses("validate", folder)
    for code, (_, _, line) in changes.items():
        start = f"programmes/{code}.yaml:{line}:"
        assert [one for one in said.splitlines() if one.startswith(start) and f"[{code}]" in one], (
            code,
            said,
        )
    if "unknown-field" in changes:
        assert "是否为 `required`? / unknown field; did you mean `required`?" in said


def test_programme_files_that_are_no_text(place: Place, tmp_path: Path) -> None:
    good = (place.folder / "district" / FILE).read_text("utf-8")
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes" / "gb.yaml").write_bytes("programme: 路灯".encode("gb18030"))
    (tmp_path / "programmes" / "none.yaml").write_bytes(b"")
    (tmp_path / "programmes" / "cut.yaml").write_text(good[:400], "utf-8")
    said = place.refuses("validate", tmp_path)
    assert "programmes/gb.yaml:1:1: 文件不是 UTF-8" in said
    assert "programmes/none.yaml:1:1: 文件是空的" in said
    assert "programmes/cut.yaml:" in said


def test_a_district_whose_areas_are_wrong_is_not_half_founded(place: Place, tmp_path: Path) -> None:
    other = Place(tmp_path)
    shutil.copytree(place.folder / "district", tmp_path / "district")
    file = tmp_path / "district" / "district.yaml"
    good = file.read_text("utf-8")
    for change, code in (
        (("level: subdistrict", "level: Sub District"), "wrong-value"),
        (("name: 第一街道, ", ""), "missing-key"),
        (('code: "990101"\n', ""), "missing-key"),
    ):
        assert change[0] in good
        file.write_text(good.replace(*change, 1), "utf-8")
        outcome = other.run("init", tmp_path / "district")
        assert (outcome.code, f"[{code}]" in outcome.err) == (2, True), outcome
        assert "district.yaml" in outcome.err
    file.write_text(good, "utf-8")
    assert other.run("init", tmp_path / "district").code == 0
    assert "[home-taken]" in other.refuses("init", tmp_path / "district")
    assert "[no-such-folder]" in Place(tmp_path / "x").run("init", file).err


# -- entries -------------------------------------------------------------------------------------------------


def test_entries_are_refused_each_with_its_line(place: Place) -> None:
    file = place.write(
        "bad.jsonl",
        lines(
            entry(1, happened="2026-02-30T09:00:00"),
            entry(2, payload={"place": "东街口", "lamps": "many", "lampz": 3}),
            entry(3, area="nowhere"),
            entry(4, body="nobody"),
            entry(5, type="street-light.fault"),
            entry(6, payload={"place": "东街口"}),
            entry(7, kind="step", step="mend", record="absent", payload={}),
            entry(8),
            entry(8, payload={"place": "西街口", "lamps": 1}),
        ),
    )
    said = place.refuses("post", file)
    for line, code, words in (
        (1, "no-such-time", "2026-02-30"),
        (2, "not-a-number", "many"),
        (2, "unknown-field", "did you mean `lamps`"),
        (3, "unknown-area", "nowhere"),
        (4, "unknown-body", "nobody"),
        (5, "unknown-record-type", "did you mean `street-lights.fault`"),
        (6, "missing", "lamps"),
        (7, "no-such-record", "absent"),
        (9, "id-taken", "内容不同"),
    ):
        # What is missing stands in no column.
        where = f"bad.jsonl:{line}{' ' if code == 'missing' else ':'}"
        told = [one for one in said.splitlines() if where in one and f"[{code}]" in one]
        assert told, (line, code, said)
        assert words in told[0]


def test_steps_out_of_order_and_roles(place: Place) -> None:
    opened = place.write("opened.jsonl", lines(entry(20)))
    assert place.run("post", opened).code == 0
    mend = {"kind": "step", "step": "mend", "record": entry(20)["id"], "payload": {}}
    twice = place.write("twice.jsonl", lines(entry(21, **mend), entry(22, **mend)))
    said = place.refuses("post", twice)
    assert "twice.jsonl:2 " in said
    assert "[wrong-state]" in said
    early = place.write("early.jsonl", lines(entry(23, **mend, happened="2026-02-01T09:00:00")))
    assert "[before-open]" in place.refuses("post", early)
    clerk = {"officer": "clerk", "role": "auditor", "area": "990101"}
    appointed = entry(24, type="system.appointment", area="990101", payload=clerk, happened="2026-01-01")
    assert place.run("post", place.write("appointed.jsonl", lines(appointed))).code == 0
    said = place.refuses("post", place.write("clerk.jsonl", lines(entry(25))), "--officer", "clerk")
    assert "clerk.jsonl:1 " in said
    assert "[not-allowed]" in said
    assert "[unknown-officer]" in place.refuses("post", opened, "--officer", "nobody")


def test_one_id_with_two_contents_and_the_same_file_twice(place: Place) -> None:
    file = place.write("known.jsonl", lines(entry(30), entry(31)))
    assert place.run("post", file, "--format", "jsonl").rows[0]["taken"] == 2
    again = place.run("post", file, "--format", "jsonl")
    assert (again.code, again.rows[0]["taken"], again.rows[0]["known"]) == (0, 0, 2)
    other = place.write("other.jsonl", lines(entry(32), entry(31, happened="2026-03-02T09:00:00")))
    said = place.refuses("post", other)
    assert "other.jsonl:2:2 " in said
    assert "[id-taken]" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lines(entry(40)) + lines(entry(41))[:60], ":2:"),
        (lines(entry(40)) + "[1]\n", ":2: "),
        (lines(entry(40)).encode("gb18030"), "[not-utf-8]"),
        (b"\x00\x01\x02", "[not-json]"),
        ("", "[no-entries]"),
        (None, "[file-unreadable]"),
    ],
    ids=["cut", "no object", "GB18030", "binary", "empty", "absent"],
)
def test_a_file_of_entries_that_cannot_be_read(place: Place, content: str | bytes | None, said: str) -> None:
    file = place.folder / "broken.jsonl"
    file.unlink(missing_ok=True)
    if content is not None:
        place.write("broken.jsonl", content)
    told = place.refuses("post", file)
    assert f"broken.jsonl{said}" in told or said in told
    assert "broken.jsonl" in told


def test_partial_takes_the_good_and_the_rest_can_be_mended_and_sent_again(place: Place) -> None:
    file = place.write(
        "some.jsonl",
        lines(entry(50), entry(51, payload={"place": "东", "lamps": 0}), entry(52, area="nowhere")),
    )
    outcome = place.run("post", file, "--partial", "--format", "jsonl")
    row = outcome.rows[0]
    assert (outcome.code, row["taken"], row["refused"]) == (2, 1, 2)
    refused = place.folder / "some.refused.jsonl"
    assert str(refused) in outcome.err
    given = [json.loads(line) for line in refused.read_text("utf-8").splitlines()]
    assert "some.jsonl:2:" in given[0]["_problems"][0]
    assert "[too-low]" in given[0]["_problems"][0]
    assert any("[unknown-area]" in told for told in given[1]["_problems"])
    given[0]["payload"]["lamps"], given[1]["area"] = 3, "990101002"
    refused.write_text(lines(*given), "utf-8")  # the reasons may stay
    mended = place.run("post", refused, "--format", "jsonl")
    assert (mended.code, mended.rows[0]["taken"]) == (0, 2)
    again = place.run("post", file, "--partial", "--format", "jsonl").rows[0]
    assert (again["known"], again["refused"]) == (1, 2)


# -- sheets --------------------------------------------------------------------------------------------------


def test_a_sheet_is_read_as_it_was_meant(place: Place) -> None:
    """GB18030, full width, thousands; equal rows are that many records; the same sheet again is none."""
    text = '地点,灯数\n"北街口\n第二盏",２\n"南,街",　１,２００　\n东街口,"1,200"\n东街口,"1,200"\n'
    text = text.replace("　１,２００　", "１，２００")
    file = place.write("lamps.csv", text.encode("gb18030"))
    first = place.run("import", file, *SHEET).rows[0]
    assert (first["taken"], first["refused"]) == (4, 0)
    again = place.run("import", file, *SHEET).rows[0]
    assert (again["taken"], again["known"]) == (0, 4)
    documents = [d["payload"] for d in _kept(place)[-4:]]
    assert [d["lamps"] for d in documents] == [2, 1200, 1200, 1200]
    assert [d["place"] for d in documents] == ["北街口\n第二盏", "南,街", "东街口", "东街口"]


def _kept(place: Place) -> list[dict]:
    import sqlite3

    with sqlite3.connect(place.home / "ledger.sqlite3") as database:
        rows = database.execute("SELECT canonical FROM ledger_entry ORDER BY position").fetchall()
    return [json.loads(row[0]) for row in rows]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("place,lamps\n东街口,2\n西街口,many\n", "sheet.csv:3:2 "),
        ("place,lamps,happened\n东街口,2,2026-02-30\n", "sheet.csv:2:3 "),
        ('place,lamps\n东街口,2\n"西街口,3\n', "sheet.csv:3: "),
        ("place,lamps,place\n东,2,西\n", "sheet.csv:1:3: "),
        ("place,lamps\n", "[empty-sheet]"),
        (b"place,lamps\n\xff\xff\xff\xff,2\n", "sheet.csv:2: "),
        (b"place,lamps\n\x00,2\n", "[wrong-encoding]"),
    ],
    ids=["number", "day", "cut", "column twice", "no rows", "no text", "binary"],
)
def test_a_bad_sheet_is_refused_with_line_and_column(place: Place, content: str | bytes, said: str) -> None:
    assert said in place.refuses("import", place.write("sheet.csv", content), *SHEET)


# -- questions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("figures", "--by", "colour"), "[unknown-field]"),
        (("figures", "--period", "2022-13"), "[unknown-period]"),
        (("explain", "street-lights.mendd"), "street-lights.mended"),
        (("verify", "--checkpoint", "absent"), "[checkpoint-unreadable]"),
        (("check", "absent.txt"), "[document-missing]"),
    ],
)
def test_a_question_about_what_is_not_there(place: Place, words: tuple[str, ...], said: str) -> None:
    assert said in place.refuses(*words)


def test_a_home_without_a_ledger_and_a_database_that_is_not_there(place: Place, tmp_path: Path) -> None:
    other = Place(tmp_path)
    for words in (("verify",), ("figures",), ("seal",), ("attach", place.write("a.pdf", b"paper"))):
        outcome = other.run(*words)
        assert (outcome.code, "[home-empty]" in outcome.err) == (2, True), outcome
        assert "taizhang init" in outcome.err
    (other.home / "ledger.sqlite3").write_bytes(b"no database" * 1000)
    assert "[home-damaged]" in other.run("figures").err
    (tmp_path / "file").write_bytes(b"")
    assert "[home-unusable]" in other.run("figures", "--home", tmp_path / "file").err


# -- reports -------------------------------------------------------------------------------------------------


def test_a_report_in_gb18030_reads_as_in_utf_8(place: Place) -> None:
    text = "2026年政府工作报告\n\n全区路灯修复率达到95.5%，共修复路灯1,200盏。\n" * 3
    claims = []
    for encoding in ("utf-8", "gb18030"):
        file = place.write(f"{encoding}.txt", text.encode(encoding))
        claims.append([r | {"file": ""} for r in place.run("read", file, "--format", "jsonl").rows])
    assert claims[0] == claims[1] != []


def test_a_report_cut_within_a_character_is_refused(place: Place) -> None:
    file = place.write("cut.txt", ("全区路灯修复率达到95.5%。" * 50).encode()[:-2])
    assert "[document-cut]" in place.refuses("read", file)


# -- a disk that fills ---------------------------------------------------------------------------------------


def test_a_full_disk_takes_nothing_and_goes_on_after(place: Place, tmp_path: Path) -> None:
    """No file may grow past what it is now: the kernel refuses it (EFBIG), as a full disk would (ENOSPC)."""
    file = place.write("many.jsonl", lines(*(entry(n) for n in range(1000, 3000))))
    size = (place.home / "ledger.sqlite3").stat().st_size + 200_000

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    said = place.refuses("post", file, preexec_fn=small)
    assert "[disk-full]" in said or "[disk-error]" in said, said
    assert "怎么办 / remedy" in said
    assert place.run("post", file, "--format", "jsonl").rows[0]["taken"] == 2000
    assert place.run("verify", "--deep").code == 0
