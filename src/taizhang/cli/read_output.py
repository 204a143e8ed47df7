"""What `taizhang read` gives: rows on the screen, or in a file whose run can be taken up again."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

from taizhang import jobs, reading
from taizhang.cli.read_pages import PagesOutput
from taizhang.cli.read_table import print_explained, print_table
from taizhang.cli.rows import Format
from taizhang.errors import OutputError, Problem
from taizhang.values import Place

Told = Callable[[int], None]
_ENDINGS = {".jsonl": Format.JSONL, ".csv": Format.CSV, ".parquet": Format.PARQUET, ".xlsx": Format.XLSX}


def form_of(form: Format | None, out: Path) -> Format:
    """The format of an output file: as asked for, else as its name ends. Raises OutputError for neither."""
    form = form or _ENDINGS.get(out.suffix.lower())
    if form is None or form is Format.TABLE:
        found = "表格只供屏幕阅读 / a table is for the screen" if form else "后缀认不出 / an unknown ending"
        remedy = "请用 --format 指明 / say it with --format"
        raise OutputError(
            Problem("output-format-unknown", found, " ".join(_ENDINGS), remedy, Place(str(out)))
        )
    return form


class ReadOutput(ABC):
    """A run's output: `write` reads the documents and gives back the problems of those that failed."""

    quiet = False

    def __init__(self, what: str, pages: PagesOutput | None) -> None:
        self.what = cast(Any, what)
        self.columns = reading.COLUMNS[self.what]
        self.pages = pages
        self.count = self.rows = self.known = self.unfit = 0

    def __enter__(self) -> ReadOutput:
        self.folder = self.open_folder()
        self._before = dict(self.folder.known)
        return self

    def __exit__(self, *failure: object) -> None:
        self.folder.close()

    @abstractmethod
    def open_folder(self) -> jobs.RunFolder:
        """Where the run keeps what it has."""

    def head(self) -> dict[str, str]:
        """What must be the same for a run to go on where another one stopped."""
        pages = str(self.pages.target.resolve()) if self.pages else ""
        return {"reader": reading.reader_version(), "what": self.what, "pages": pages}

    def read(self, documents: Sequence[jobs.DocumentFile], processes: int, told: Told) -> Iterator[Any]:
        """The outcomes in order, counted."""
        outcomes = jobs.read_documents(
            documents,
            self.what,
            self.folder,
            processes=processes or jobs.processes_for(documents),
            pages=self.pages.page_for if self.pages else lambda document: None,
            told=told,
        )
        for outcome in outcomes:
            if isinstance(outcome, jobs.ReadFile):
                self.count += 1
                self.rows += outcome.rows
                self.known += outcome == self._before.get(outcome.file)
            yield outcome

    def written(self, outcomes: Iterable[Any], form: Format, out: BinaryIO) -> list[Problem]:
        """Write the rows of the outcomes, and give back the problems of those that failed."""
        from taizhang.cli.row_writers import WRITERS  # only here: they load slowly

        failed: list[Problem] = []
        read: list[jobs.ReadFile] = []
        writer = None if form is Format.JSONL else WRITERS[form](out, self.what)
        for outcome in outcomes:
            if isinstance(outcome, jobs.FailedFile):
                failed += outcome.problems
                continue
            read.append(outcome)
            for line in self.folder.lines(outcome):
                if writer is None:
                    out.write(line)
                else:
                    writer.write(self._fitted(self.columns.row(line), form))
        if writer is not None:
            writer.close()
        self.list_pages(read)
        return failed

    def list_pages(self, read: Sequence[jobs.ReadFile]) -> None:
        """Write the list of the marked pages, if there are any."""
        if self.pages is not None:
            self.pages.write_list(read)

    def _fitted(self, row: dict[str, Any], form: Format) -> dict[str, Any]:
        if form is not Format.PARQUET:
            return row
        fitted = {column.name: column.arrow_value(row[column.name]) for column in self.columns}
        self.unfit += sum(fitted[name] is None and row[name] not in (None, "") for name in fitted)
        return fitted

    @abstractmethod
    def write(self, documents: Sequence[jobs.DocumentFile], processes: int, told: Told) -> list[Problem]:
        """Read and write; the problems of what failed."""

    def stopped(self) -> str:
        """What is said when the run was stopped."""
        return "已中断 / stopped"


class OutputFile(ReadOutput):
    """Rows in a file, which is there whole or not at all. What a stopped run has read is kept beside it."""

    def __init__(self, out: Path, form: Format, what: str, pages: PagesOutput | None) -> None:
        super().__init__(what, pages)
        if out.is_dir():
            found = "这是一个文件夹 / this is a folder"
            remedy = "请给出文件名 / name a file"
            raise OutputError(Problem("output-unwritable", found, "", remedy, Place(str(out))))
        self._out, self._form = out, form

    def open_folder(self) -> jobs.RunFolder:
        return jobs.RunFolder(self._out.with_name(f"{self._out.name}.unfinished"), self.head())

    def write(self, documents: Sequence[jobs.DocumentFile], processes: int, told: Told) -> list[Problem]:
        part = self.folder.path / "output.part"
        with part.open("wb") as out:
            failed = self.written(self.read(documents, processes, told), self._form, out)
            out.flush()
            os.fsync(out.fileno())
        part.replace(self._out)
        if not failed:
            self.folder.remove()
        return failed

    def stopped(self) -> str:
        return "已中断;同一命令接着读 / stopped: the same command goes on where it was"


class PrintedOutput(ReadOutput):
    """Rows on standard output; a run that is stopped begins anew."""

    def __init__(
        self, form: Format, what: str, pages: PagesOutput | None, *, explain: bool, quiet: bool
    ) -> None:
        super().__init__(what, pages)
        self._form, self._explain, self.quiet = form, explain, quiet

    def open_folder(self) -> jobs.RunFolder:
        self._scratch = Path(tempfile.mkdtemp(prefix="taizhang-read-"))
        return jobs.RunFolder(self._scratch / "run", self.head())

    def __exit__(self, *failure: object) -> None:
        super().__exit__(*failure)
        shutil.rmtree(self._scratch)

    def write(self, documents: Sequence[jobs.DocumentFile], processes: int, told: Told) -> list[Problem]:
        outcomes = self.read(documents, processes, told)
        if self._form is Format.TABLE:
            return self._table(outcomes)
        if self._form is Format.JSONL:
            sys.stdout.flush()
            failed = self.written(outcomes, self._form, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return failed
        with (self._scratch / "output").open("w+b") as held:
            failed = self.written(outcomes, self._form, held)
            held.seek(0)
            sys.stdout.flush()
            shutil.copyfileobj(held, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        return failed

    def _table(self, outcomes: Iterable[Any]) -> list[Problem]:
        held = list(outcomes)
        read = [one for one in held if isinstance(one, jobs.ReadFile)]
        self.list_pages(read)
        if not self.quiet and (read or not held):
            rows = (self.columns.row(line) for one in read for line in self.folder.lines(one))
            (print_explained if self._explain and self.what == "claims" else print_table)(rows, self.what)
        return [problem for one in held if isinstance(one, jobs.FailedFile) for problem in one.problems]
