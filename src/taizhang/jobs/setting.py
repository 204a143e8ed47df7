"""What figures are computed in: the ledger's areas, targets and peers, and an engine over the lake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from taizhang import figures, programmes
from taizhang.errors import Problem, UnknownName
from taizhang.lake import Lake
from taizhang.ledger import queries


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Everything an answer is computed from, as known at one position."""

    definitions: programmes.Definitions
    setting: figures.Setting
    engine: figures.Engine

    @property
    def position(self) -> int:
        return self.setting.position


@contextmanager
def standpoint(as_of: int | None = None) -> Iterator[Standpoint]:
    """The standpoint as of a position (the latest where None), with the lake caught up.

    Raises UnknownName for a position that the ledger has not reached.
    """
    latest = queries.position()
    if as_of is not None and not 0 < as_of <= latest:
        raise UnknownName(
            Problem(
                "unknown-position",
                f"台账没有位置 {as_of} / the ledger has no position {as_of}",
                f"1–{latest}",
                "用 `taizhang figures` 输出的 position / use a position that a figure printed",
            )
        )
    position = latest if as_of is None else as_of
    definitions = queries.definitions(position)
    known = queries.setting(position)
    setting = figures.Setting(
        position=position,
        root=known.root,
        today=known.today,
        areas=tuple(figures.AreaNode(a.code, a.name, a.level, a.parent, a.start, a.end) for a in known.areas),
        targets=tuple(figures.Target(t.indicator, t.area, t.period, t.value) for t in known.targets),
        peer_values=tuple(
            figures.PeerValue(v.indicator, v.peers, v.peer, v.period, v.value, v.document)
            for v in known.peer_values
        ),
        own_peer=known.own_peer,
    )
    with Lake.open(queries.home()).reading() as cursor:
        yield Standpoint(definitions, setting, figures.DuckDBEngine(cursor))
