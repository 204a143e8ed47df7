"""Progress of long work, on standard error, so that output can be piped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Column
from rich.text import Text

from taizhang.cli import console


@contextmanager
def counting(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar that is told how many are done so far; without `total` it only counts."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console.err(),
        transient=False,
    )
    with bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
        if total is not None:
            bar.update(task, completed=total)


class Stages:
    """One bar a stage, one below the other. A stage that does not say how far it is moves without a measure,
    and shows its count and rate when it is done."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self._progress = Progress(
            SpinnerColumn(finished_text="[green]✓[/green]"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            _Count(table_column=Column(min_width=19, justify="right")),
            _Rate(table_column=Column(min_width=9, justify="right")),
            TimeElapsedColumn(),
            _Left(table_column=Column(min_width=10)),
            console=console.err(),
            expand=True,
        )

    def __enter__(self) -> Stages:
        self._progress.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._progress.stop()

    @contextmanager
    def watch(self, stage: str, total: int | None = None, before: int = 0) -> Iterator[Callable[[int], None]]:
        """A stage with about `total` entries, of which `before` were done earlier; what it gives is told how
        many are done so far."""
        task = self._progress.add_task(self._names[stage], total=None, about=total, done=0, before=before)

        def told(done: int) -> None:
            self._progress.update(task, total=max(total or 0, done), completed=done, done=done)

        yield told
        done = self._progress.tasks[task].fields["done"] or total or 1
        self._progress.update(task, total=done, completed=done, about=done if total else None)


class _Count(ProgressColumn):
    """Done of all, or all where the stage does not say how far it is."""

    def render(self, task: Task) -> Text:
        about = task.fields["about"]
        if not about:
            return Text("")
        whole = f"{about:,}"
        return Text(
            f"{int(task.completed):,}/{whole}" if task.fields["done"] and not task.finished else whole
        )


class _Rate(ProgressColumn):
    """Entries a second."""

    def render(self, task: Task) -> Text:
        seconds = task.finished_time if task.finished else task.elapsed
        done = task.completed - task.fields["before"] if task.fields["about"] else 0
        return Text(f"{done / seconds:,.0f}/s" if done and seconds else "", style="cyan")


class _Left(ProgressColumn):
    """About how long it still takes, where the stage says how far it is."""

    def render(self, task: Task) -> Text:
        left = task.time_remaining if task.fields["done"] and not task.finished else None
        return Text(f"剩 {timedelta(seconds=int(left))}" if left is not None else "", style="dim")
