"""`taizhang read`: folders, formats, failures, marked pages."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import html
from python_calamine import CalamineWorkbook
from tests.cli.conftest import Ran, run

from taizhang import jobs, reading
from taizhang.jobs.document_run import read_documents

REPORT = "{name}人民政府工作报告(2031年1月9日)\n全年栽植银杏{trees}株,粮食产量6.2万吨,比上年增长5.3%。\n"
COLUMNS = reading.COLUMNS["claims"].names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `报告` with three reports, one of them deeper, and files that are no documents."""
    monkeypatch.chdir(tmp_path)
    reports = Path("报告")
    (reports / "乡镇").mkdir(parents=True)
    for name, trees in (("b.txt", 260), ("a.html", 31), ("乡镇/c.txt", 4_500)):
        text = REPORT.format(name=f"青岚县{trees}", trees=trees)
        (reports / name).write_text(f"<html><body><p>{text}</p></body></html>" if "html" in name else text)
    (reports / "picture.png").write_bytes(b"\x89PNG")
    (reports / ".hidden.txt").write_text("不读")
    return reports


def done(*words: object, code: int = 0) -> Ran:
    outcome = run("read", *words)
    assert outcome.code == code, outcome.err
    return outcome


def test_a_folder_is_read_whole_in_a_fixed_order(folder: Path) -> None:
    ran = done(folder, "--format", "jsonl")
    assert [row["file"] for row in ran.rows[::3]] == ["报告/a.html", "报告/b.txt", "报告/乡镇/c.txt"]
    assert [row["surface"] for row in ran.rows[:3]] == ["31株", "6.2万吨", "比上年增长5.3%"]
    assert list(ran.rows[0]) == COLUMNS
    assert "另有 1 个文件不是文档" in ran.err
    assert "读 / reading" not in ran.out
    again = done(folder, "报告/b.txt", folder / "乡镇", "--format", "jsonl", "--jobs", 2, code=2)
    assert again.rows == ran.rows
    assert "[folder-without-documents]" in again.err


def test_every_format_holds_the_same(folder: Path, tmp_path: Path) -> None:
    rows = done(folder, "--format", "jsonl").rows
    for ending in ("jsonl", "csv", "parquet", "xlsx"):
        out = tmp_path / f"rows.{ending}"
        assert done(folder, "--out", out).out == ""
        assert done(folder, "--format", ending).raw == out.read_bytes()
        assert sorted(tmp_path.glob("rows.*.unfinished")) == []
    assert [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()] == rows
    parquet = pq.read_table(tmp_path / "rows.parquet")
    assert parquet.schema.field("low").type == pa.decimal128(38, 10)
    assert [float(low) for low in parquet.column("low").to_pylist()] == [row["low"] for row in rows]
    assert parquet.column_names == COLUMNS
    table = list(csv.DictReader(io.StringIO((tmp_path / "rows.csv").read_text())))
    assert [Decimal(row["low"]) for row in table] == parquet.column("low").to_pylist()
    assert {row["approx"] for row in table} == {"false"}
    sheet = CalamineWorkbook.from_path(tmp_path / "rows.xlsx").get_sheet_by_index(0).to_python()
    assert sheet[0] == COLUMNS
    assert [row[COLUMNS.index("low")] for row in sheet[1:]] == [row["low"] for row in rows]
    assert [row[COLUMNS.index("subject")] for row in sheet[1:]] == [row["subject"] for row in rows]


@pytest.mark.parametrize("jobs_asked", [1, 2])
def test_a_file_that_cannot_be_read_stops_no_other(folder: Path, jobs_asked: int) -> None:
    (folder / "aa.txt").write_bytes(b"")
    (folder / "zz.pdf").write_bytes(b"%PDF-1.7 cut")
    ran = done(folder, "gone.txt", "--format", "jsonl", "--jobs", jobs_asked, code=2)
    assert len(ran.rows) == 9
    for name, code in (("报告/aa.txt", "document-empty"), ("gone.txt", "document-missing")):
        assert f"{name}: " in ran.err
        assert f"[{code}]" in ran.err
    assert "报告/zz.pdf" in ran.err
    assert ran.err.count("怎么办 / remedy") == 3
    assert "3 份读不出" in ran.err
    assert "Traceback" not in ran.err


def test_what_was_mended_is_read_alone(folder: Path) -> None:
    (folder / "aa.txt").write_bytes(b"")
    done(folder, "--out", "rows.jsonl", code=2)
    assert len(Path("rows.jsonl").read_text().splitlines()) == 9
    (folder / "aa.txt").write_text(REPORT.format(name="长滩镇", trees=7))
    ran = done(folder, "--out", "rows.jsonl")
    assert "其中 3 份上次已读" in ran.err
    assert Path("rows.jsonl").read_text() == done(folder, "--format", "jsonl").out
    assert not Path("rows.jsonl.unfinished").exists()


def test_what_changed_is_read_again(folder: Path) -> None:
    (folder / "aa.txt").write_bytes(b"")
    done(folder, "--out", "rows.jsonl", code=2)
    (folder / "b.txt").write_text(REPORT.format(name="长滩镇", trees=888))
    ran = done(folder, "--out", "rows.jsonl", code=2)
    assert "其中 2 份上次已读" in ran.err
    assert "888株" in Path("rows.jsonl").read_text()
    assert "260株" not in Path("rows.jsonl").read_text()
    ran = done(folder, "--out", "rows.jsonl", "--what", "statements", code=2)
    assert "上次已读" not in ran.err


def test_a_journal_cut_anywhere_is_read_up_to_its_last_whole_line(folder: Path) -> None:
    (folder / "aa.txt").write_bytes(b"")
    done(folder, "--out", "rows.jsonl", code=2)
    whole = Path("rows.jsonl").read_text()
    journal = Path("rows.jsonl.unfinished/journal.jsonl")
    content = journal.read_bytes()
    for length in range(0, len(content), 97):
        journal.write_bytes(content[:length])
        done(folder, "--out", "rows.jsonl", code=2)
        assert Path("rows.jsonl").read_text() == whole
        assert journal.read_bytes().count(b"\n") == content.count(b"\n")


def test_two_runs_do_not_share_an_output(folder: Path) -> None:
    head = {"reader": "any"}
    held = jobs.RunFolder(Path("rows.csv.unfinished"), head)
    assert "[output-in-use]" in done(folder, "--out", "rows.csv", code=2).err
    held.close()
    done(folder, "--out", "rows.csv")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--out", "rows.doc"], "output-format-unknown"),
        (["--out", "rows.txt", "--format", "table"], "output-format-unknown"),
        (["--out", "报告", "--format", "csv"], "output-unwritable"),
        (["--out", "报告/b.txt/rows.csv"], "output-unwritable"),
    ],
)
def test_an_output_that_cannot_be_is_refused(folder: Path, words: list[str], code: str) -> None:
    ran = done(folder, *words, code=2)
    assert f"[{code}]" in ran.err
    assert "remedy" in ran.err


def test_a_number_too_long_for_parquet_is_said(folder: Path) -> None:
    text = f"栽植银杏{'1' * 29}株,柳树3株。"
    Path("long.txt").write_text(text)
    read = [claim.low for claim in reading.read(text)]  # the reader may refuse such a number itself
    ran = done("long.txt", "--out", "long.parquet")
    held = pq.read_table("long.parquet").column("low").to_pylist()
    assert held == [None, 3][-len(read) :]
    assert ("Parquet 放不下" in ran.err) == (None in held)


def test_one_document_makes_one_page(folder: Path) -> None:
    ran = done(folder / "b.txt", "--html", "b.html")
    assert ran.out == ""
    page = html.parse("b.html")
    assert page.xpath("//*[@id='claim-1']/@data-n") == ["1"]
    assert done("报告/b.txt", "--html", "b.html", "--format", "jsonl").rows != []


def test_many_documents_make_a_folder_of_pages_with_a_list(folder: Path) -> None:
    (folder / "<b>&.txt").write_text("<i>标题</i>报告\n栽植3株。\n")
    done(folder, "--html", "pages", "--jobs", 2)
    names = sorted(str(path.relative_to("pages")) for path in Path("pages").rglob("*.html"))
    assert names == sorted(
        ["index.html"] + [f"报告/{name}.html" for name in ("<b>&.txt", "a.html", "b.txt", "乡镇/c.txt")]
    )
    index = html.parse("pages/index.html")
    links = index.xpath("//a/@href")
    assert len(links) == 4
    assert not index.xpath("//b|//i")
    assert all((Path("pages") / unquote(link)).is_file() for link in links)
    done(folder, "--html", folder / "pages")
    assert "另有 1 个文件不是文档" in done(folder, "--html", folder / "pages").err


def test_a_page_that_was_taken_away_is_written_again(folder: Path) -> None:
    (folder / "aa.txt").write_bytes(b"")
    done(folder, "--out", "rows.jsonl", "--html", "pages", code=2)
    Path("pages/报告/b.txt.html").unlink()
    ran = done(folder, "--out", "rows.jsonl", "--html", "pages", code=2)
    assert "其中 2 份上次已读" in ran.err
    assert Path("pages/报告/b.txt.html").is_file()


def test_explained(folder: Path) -> None:
    ran = done(folder / "b.txt", "--explain")
    assert "数值 / value" in ran.out
    for claim in reading.read(folder / "b.txt"):
        assert claim.surface in ran.out
        assert all(rule in ran.out for part in reading.explained(claim) for rule in part.rules)


def test_other_things_of_a_text_in_every_format(folder: Path) -> None:
    Path("notes.txt").write_text("青岚县工作报告\n渡口新桥竣工通车(3)。营商环境成效显著。\n" * 2)
    for what in ("statements", "findings", "text"):
        rows = done("notes.txt", "--what", what, "--format", "jsonl").rows
        assert rows
        assert list(rows[0]) == reading.COLUMNS[what].names
        for ending in ("csv", "parquet", "xlsx"):
            assert done("notes.txt", "--what", what, "--format", ending).raw
        assert done("notes.txt", "--what", what).out
    assert done("notes.txt", "--what", "text").out == Path("notes.txt").read_text()


@pytest.mark.parametrize("jobs_asked", [1, 2])
def test_names_in_another_encoding_and_of_great_length(folder: Path, jobs_asked: int) -> None:
    text = REPORT.format(name="长滩镇", trees=77)
    (Path(os.fsdecode(b"\xb1\xa8\xb8\xe6.txt"))).write_text(text)
    (folder / ("很" * 83 + ".txt")).write_text(text)
    files = [folder, Path(os.fsdecode(b"\xb1\xa8\xb8\xe6.txt"))]
    for ending in ("jsonl", "csv", "parquet", "xlsx"):
        out = f"rows.{ending}"
        done(*files, "--out", out, "--html", f"pages-{ending}", "--jobs", jobs_asked)
    rows = [json.loads(line) for line in Path("rows.jsonl").read_text().splitlines()]
    assert rows[-1]["file"] == "\ufffd" * 4 + ".txt"
    index = html.parse("pages-csv/index.html")
    for link in index.xpath("//a/@href"):
        assert Path(os.fsdecode(b"pages-csv/" + unquote_to_bytes(link))).is_file()
    assert len(index.xpath("//a")) == 5


def test_a_pipe_is_no_file(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert "[not-a-file]" in done(folder / "pipe.txt", code=2).err
    assert len(done(folder, "--format", "jsonl").rows) == 9


def test_a_long_text_is_read_in_pieces_with_places_in_the_whole(folder: Path) -> None:
    line = "我们坚持稳中求进,推动各项事业发展,努力提高人民生活水平,认真做好各方面工作。" * 25 + "\n"
    text = "青岚县工作报告(2031年1月9日)\n新建学校3所。\n" + line * 1_100 + "栽植银杏260株(3)。\n"
    assert len(text) > 1_000_000
    Path("long.txt").write_text(text)
    ran = done("long.txt", "--format", "jsonl", "--html", "pages/long.html")
    assert [(row["surface"], row["title"]) for row in ran.rows] == [
        ("3所", "青岚县工作报告(2031年1月9日)"),
        ("260株", "青岚县工作报告(2031年1月9日)"),
    ]
    for row in ran.rows:
        assert text[row["start"] : row["start"] + len(row["surface"])] == row["surface"]
    (note,) = done("long.txt", "--what", "findings", "--format", "jsonl").rows
    assert [text[start:end] for start, end in note["places"]] == note["surfaces"] == ["(3)"]
    assert sorted(path.name for path in Path("pages").iterdir()) == ["long-2.html", "long.html"]
    assert done("long.txt", "--what", "text").out == text


class Deadly(type(Path())):  # type: ignore[misc]
    """A path whose reading ends the process that reads it."""

    def open(self, *given: object, **more: object) -> object:
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_document_that_ends_its_process_stops_no_other(folder: Path, tmp_path: Path) -> None:
    found = jobs.document_files([folder]).documents
    deadly = jobs.DocumentFile(Deadly("报告/b.txt"), Path("b.txt"))
    run_folder = jobs.RunFolder(tmp_path / "run", {})
    outcomes = list(read_documents([found[0], deadly, *found[2:]], "claims", run_folder, processes=2))
    run_folder.close()
    assert [type(outcome) for outcome in outcomes] == [jobs.ReadFile, jobs.FailedFile, jobs.ReadFile]
    assert isinstance(outcomes[1], jobs.FailedFile)
    assert outcomes[1].problems[0].code == "reader-ended"
    assert set(run_folder.known) == {str(found[0].path), str(found[2].path)}
