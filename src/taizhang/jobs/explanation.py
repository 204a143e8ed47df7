"""What a name stands for where something is to be explained: an indicator or a record."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Literal

from taizhang.errors import Problem, UnknownName
from taizhang.ledger import queries


def explained_kind(name: str, *, as_of: int | None = None) -> Literal["figure", "record"]:
    """Whether `name` is an indicator (by key, id, Chinese name or alias) or a record's id.

    An indicator's whole key comes first, then a record, then an indicator's other names. Raises UnknownName
    with the nearest indicators where it is neither.
    """
    indicators = queries.definitions().indicators
    if any(name == indicator.key for indicator in indicators):
        return "figure"
    if queries.record(name, as_of) is not None:
        return "record"
    named = {called: i.key for i in indicators for called in (i.key, i.id, i.name.zh, *i.aliases)}
    if name in named:
        return "figure"
    near = dict.fromkeys(named[called] for called in get_close_matches(name, named, n=4, cutoff=0.5))
    raise UnknownName(
        Problem(
            "unknown-name",
            f"既不是指标,也不是台账记录: {name} / neither an indicator nor a record",
            "programme.indicator,或记录编号 / or a record's id",
            f"是否为 / did you mean: {', '.join(near)}" if near else "",
        )
    )
