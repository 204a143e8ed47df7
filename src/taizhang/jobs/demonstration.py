"""Build the demonstration district: its definitions, two million synthetic entries, a seal, the lake."""

from __future__ import annotations

import importlib.util
import json
import secrets
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from taizhang.errors import HomeError, Problem
from taizhang.jobs.district import REPORTS, keep_district_facts
from taizhang.jobs.founding import ADMINISTRATOR, found
from taizhang.jobs.setting import standpoint
from taizhang.ledger import actions, queries

SEED = 2022
MARK = "demonstration.json"
ENTRIES_AT_FULL_SIZE = 1_745_000
CHECKER = "demo.checker"
IMPORTER = "demo.importer"


@dataclass(slots=True)
class Demonstration:
    """What was built: reports to check, how long each stage took (seconds), who may sign in."""

    home: Path
    report: Path
    altered: Path
    position: int
    checkpoint: Path
    stages: dict[str, float] = field(default_factory=dict)
    officer: str = ""
    password: str = ""


def demonstration_size(scale: float) -> int:
    """About how many entries the demonstration has at `scale`; for a progress bar."""
    return round(ENTRIES_AT_FULL_SIZE * scale)


def build_demonstration(
    *, scale: float = 1.0, progress: Callable[[int], None] | None = None
) -> Demonstration:
    """Build the district at `scale`, or take the one that stands in the home already at that scale.

    A build that was cut short goes on where it was: the ids are the same, and known entries are harmless.
    Raises HomeError where the home holds another ledger, DefinitionError or EntryError where the district's
    files or entries are wrong.
    """
    home = queries.home()
    district = _district()
    wanted = {"seed": SEED, "scale": scale}
    mark = home / MARK
    told = json.loads(mark.read_text()) if mark.exists() else None
    if told is None and queries.founded() and queries.position():
        raise _other_home(home, "数据目录里已有台账 / the home holds a ledger already")
    if told is not None and {key: told[key] for key in wanted} != wanted:
        raise _other_home(home, f"演示已按规模 {told['scale']} 建成 / built at scale {told['scale']}")
    built = Demonstration(home, home / REPORTS / "annual-2022.zh.txt", home / "altered-2022.zh.txt", 0, home)
    if told is None or not told.get("done"):
        mark.write_text(json.dumps(wanted))
        _build(built, district, scale, progress)
        mark.write_text(json.dumps(wanted | {"done": True}))
    built.position = queries.position()
    built.checkpoint = queries.last_checkpoint()
    return built


def _build(
    built: Demonstration, district: ModuleType, scale: float, progress: Callable[[int], None] | None
) -> None:
    clock = time.perf_counter()

    def stage(name: str) -> None:
        nonlocal clock
        built.stages[name] = time.perf_counter() - clock
        clock = time.perf_counter()

    password = secrets.token_urlsafe(12)
    facts = found(district.FOLDER, administrator=ADMINISTRATOR, password=password, importer=IMPORTER)
    keep_district_facts(built.home, facts)
    stage("建库、登记定义 / founding")
    actions.post_bulk(district.generate(SEED, scale), by=actions.officer(IMPORTER), progress=progress)
    stage("入账 / posting")
    actions.seal()
    stage("封账 / sealing")
    with standpoint():
        stage("列存追上 / the lake catches up")
    built.officer, built.password = CHECKER, secrets.token_urlsafe(9)
    actions.set_password(CHECKER, built.password)
    built.report.parent.mkdir(exist_ok=True)
    shutil.copyfile(district.FOLDER / "report" / "annual-2022.zh.txt", built.report)
    built.altered.write_text(district.altered_report(), encoding="utf-8")


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
