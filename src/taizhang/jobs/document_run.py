"""A run over many documents: several processes, one order, and a folder that knows what is done."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from pathlib import Path

from taizhang.errors import Problem
from taizhang.jobs.document_listing import DocumentFile
from taizhang.jobs.document_reading import DocumentTask, FailedFile, read_document
from taizhang.jobs.run_folder import ReadFile, RunFolder
from taizhang.values import Place

Outcome = ReadFile | FailedFile
_Numbered = tuple[int, DocumentTask]

ENOUGH = 1_000_000
"""So many bytes of documents are worth a process of their own."""


def processes_for(documents: Sequence[DocumentFile]) -> int:
    """How many processes such a run is worth: at most one a document, and one a processor that we may use."""
    size = 0
    for document in documents:
        try:
            size += document.path.stat().st_size
        except OSError:
            continue  # reading it says what is wrong
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(ours, len(documents), size // ENOUGH))


def read_documents(
    documents: Sequence[DocumentFile],
    what: str,
    folder: RunFolder,
    *,
    processes: int = 1,
    pages: Callable[[DocumentFile], Path | None] = lambda document: None,
    told: Callable[[int], None] = lambda done: None,
) -> Iterator[Outcome]:
    """Read the documents, and give what came of each, in their order, as soon as it is its turn.

    What the folder knows and has not changed is not read again. `pages` says where a document's marked page
    goes; `told` hears how many are done. One that cannot be read, or that ends the process which reads it,
    is a `FailedFile`; the others go on.
    """
    tasks = [
        DocumentTask(one.path, what, folder.path, pages(one), folder.known.get(str(one.path)))
        for one in documents
    ]
    done: dict[int, Outcome] = {}
    turn = 0
    outcomes = _as_completed(tasks, processes) if processes > 1 else _one_by_one(tasks)
    for count, (number, outcome) in enumerate(outcomes, 1):
        if isinstance(outcome, ReadFile) and outcome != tasks[number].known:
            folder.record(outcome)
        told(count)
        done[number] = outcome
        while turn in done:
            yield done.pop(turn)
            turn += 1


def _one_by_one(tasks: Sequence[DocumentTask]) -> Iterator[tuple[int, Outcome]]:
    for number, task in enumerate(tasks):
        yield number, read_document(task)


def _as_completed(tasks: Sequence[DocumentTask], processes: int) -> Iterator[tuple[int, Outcome]]:
    """What comes of each task, in whatever order.

    When a process dies, nobody knows which document it was: those that were being read are read again, each
    in a process alone.
    """
    queue = deque(enumerate(tasks))
    while queue:
        suspects: list[_Numbered] = []
        yield from _together(queue, processes, suspects)
        for number, task in suspects:
            yield number, _alone(task)


def _together(
    queue: deque[_Numbered], processes: int, suspects: list[_Numbered]
) -> Iterator[tuple[int, Outcome]]:
    running: dict[Future[Outcome], _Numbered] = {}
    executor = _executor(processes)
    try:
        while queue or running:
            while queue and len(running) < 2 * processes:
                running[executor.submit(read_document, queue[0][1])] = queue[0]
                queue.popleft()
            ready, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ready:
                outcome = future.result()
                number, _ = running.pop(future)
                yield number, outcome
    except BrokenProcessPool:
        suspects += running.values()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _alone(task: DocumentTask) -> Outcome:
    with _executor(1) as executor:
        try:
            return executor.submit(read_document, task).result()
        except BrokenProcessPool:
            found = "读它的进程被结束,多半是内存不够 / its process was ended, memory may be short"
            remedy = "请拆小再读,或用 --jobs 1 / split it, or use --jobs 1"
            problem = Problem("reader-ended", found, "", remedy, Place(str(task.file)))
            return FailedFile(str(task.file), (problem,))


def _executor(processes: int) -> ProcessPoolExecutor:
    # A fresh interpreter each: a fork would take over the threads' locks of the progress bar.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, context, initializer=_begin)


def _begin() -> None:
    """A reading process leaves Ctrl-C to its parent, and ends with it however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
