"""Build the demonstration district: its definitions, its synthetic entries, a seal, the lake."""

from __future__ import annotations

import importlib.util
import json
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from taizhang.errors import HomeError, Problem
from taizhang.jobs.district import REPORTS, keep_district_facts
from taizhang.jobs.founding import ADMINISTRATOR, found
from taizhang.jobs.setting import standpoint
from taizhang.ledger import actions, queries

SEED = 2022
MARK = "demonstration.json"
ENTRIES_AT_FULL_SIZE, ENTRIES_OF_ANY_SIZE = 1_827_700, 83_300
CHECKER = "demo.checker"
IMPORTER = "demo.importer"

Watch = Callable[[str, int | None, int], AbstractContextManager[Callable[[int], None]]]
"""Is told that a stage begins (founding, posting, sealing, lake), how many entries it has, None where that is
not known, and how many were done before; what it gives is told how many are done, where that is known."""


@dataclass(slots=True)
class Demonstration:
    """What was built: reports to check, how long each stage took (seconds), who may sign in."""

    home: Path
    report: Path
    altered: Path
    position: int = 0
    checkpoint: Path = Path()
    stages: dict[str, float] = field(default_factory=dict)
    officer: str = CHECKER
    password: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the home holds of a demonstration: nothing, a part up to `position`, or all of it."""

    position: int
    done: bool
    scale: float


def standing_demonstration() -> Standing | None:
    """The demonstration that stands in the home, finished or cut short; None where there is none."""
    told = _told(queries.home())
    if told is None:
        return None
    position = queries.position() if queries.founded() else 0
    return Standing(position, bool(told.get("done")), told["scale"])


def build_demonstration(*, scale: float = 1.0, watch: Watch | None = None) -> Demonstration:
    """Build the district at `scale`, or take the one that stands in the home already at that scale.

    A build that was cut short goes on after the last entry that was taken. The checker gets a new password
    every time. Raises HomeError where the home holds another ledger, DefinitionError or EntryError where the
    district's files or entries are wrong.
    """
    home = queries.home()
    told = _told(home)
    if told is None and queries.founded() and queries.position():
        raise _other_home(home, "数据目录里已有台账 / the home holds a ledger already")
    if told is not None and (told["seed"], told["scale"]) != (SEED, scale):
        raise _other_home(home, f"演示已按规模 {told['scale']} 建成 / built at scale {told['scale']}")
    built = Demonstration(home, home / REPORTS / "annual-2022.zh.txt", home / "altered-2022.zh.txt")
    if told is None or not told.get("done"):
        _build(built, scale, told or {}, watch or (lambda *stage: nullcontext(lambda done: None)))
    built.position = queries.position()
    built.checkpoint = queries.last_checkpoint()
    built.password = secrets.token_urlsafe(9)
    actions.set_password(CHECKER, built.password)
    return built


def _build(built: Demonstration, scale: float, told: dict[str, Any], watch: Watch) -> None:
    district = _district()
    home = built.home

    @contextmanager
    def stage(name: str, total: int | None = None, before: int = 0) -> Iterator[Callable[[int], None]]:
        started = time.perf_counter()
        with watch(name, total, before) as progress:
            yield progress
        built.stages[name] = time.perf_counter() - started

    wanted = {"seed": SEED, "scale": scale, "founded": told.get("founded", 0)}
    _tell(home, wanted)
    with stage("founding"):
        password = secrets.token_urlsafe(12)
        facts = found(district.FOLDER, administrator=ADMINISTRATOR, password=password, importer=IMPORTER)
        keep_district_facts(home, facts)
        if not wanted["founded"]:
            wanted["founded"] = queries.position()
            _tell(home, wanted)
    entries = district.generate(SEED, scale, queries.definition_records())
    about = round(ENTRIES_AT_FULL_SIZE * scale + ENTRIES_OF_ANY_SIZE * (1 - scale))
    taken = queries.position() - wanted["founded"]
    with stage("posting", about, taken) as progress:
        _post(entries, taken, progress)
    with stage("sealing", queries.position()):
        actions.seal()
    with stage("lake", queries.position()), standpoint():
        pass
    built.report.parent.mkdir(exist_ok=True)
    built.report.write_text(district.annual_report(scale), encoding="utf-8")
    built.altered.write_text(district.altered_report(scale), encoding="utf-8")
    _tell(home, wanted | {"done": True})


def _post(entries: Iterator[dict[str, Any]], taken: int, progress: Callable[[int], None]) -> None:
    """Post what the ledger has not taken yet: entries are taken in order, so it has the first `taken`.

    Raises HomeError where the last of those is not the one that should stand there.
    """
    if taken:
        skipped = list(islice(entries, taken - 1, taken))
        known = queries.entry(skipped[0]["id"]) if skipped else None
        if known is None or known.position != queries.position():
            raise HomeError(
                Problem(
                    "demonstration-changed",
                    "台账里的条目与演示数据不符 / the ledger holds other entries than the demonstration's",
                    remedy="换一个目录(--home),或先删去它 / choose another with --home, or remove this one",
                )
            )
        progress(taken)
    actions.post_bulk(entries, by=actions.officer(IMPORTER), progress=lambda done: progress(taken + done))


def _told(home: Path) -> dict[str, Any] | None:
    mark = home / MARK
    return json.loads(mark.read_text()) if mark.exists() else None


def _tell(home: Path, words: dict[str, Any]) -> None:
    draft = home / f"{MARK}.draft"
    draft.write_text(json.dumps(words))
    draft.replace(home / MARK)


def _other_home(home: Path, found: str) -> HomeError:
    remedy = "换一个目录(--home),或先删去它 / choose another with --home, or remove this one first"
    return HomeError(Problem("home-taken", f"{found}: {home}", remedy=remedy))


def _district() -> Any:
    """The district's package, from beside the source or from the installation."""
    folder = next((path for path in _places() if (path / "district.yaml").is_file()), None)
    if folder is None:
        raise HomeError(
            Problem(
                "demonstration-missing",
                "没有演示区县的文件 / the demonstration's files are not here",
                remedy="从源码目录运行 make demo / run make demo in a checkout",
            )
        )
    name = "taizhang_demonstration"
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _places() -> list[Path]:
    root = Path(__file__).resolve().parents[3]
    return [root / "districts" / "liubei", Path(__file__).resolve().parents[1] / "districts" / "liubei"]
