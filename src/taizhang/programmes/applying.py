"""Entries → the record they add up to: one more entry (`apply`), or all of them again (`replay`).

The two agree: folding `apply` over entries in order gives what `replay` gives for them in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from taizhang.errors import EntryError, Problem
from taizhang.programmes.definition import RecordType
from taizhang.programmes.entry import Entry, EntryKind
from taizhang.programmes.playing import Context, Document, Player, Statement
from taizhang.values import Place


class Outcome(NamedTuple):
    """The next document, or problems, or the word to `replay` all the record's entries."""

    document: Document | None = None
    problems: tuple[Problem, ...] = ()
    replay_needed: bool = False


_REPLAY = Outcome(replay_needed=True)
_players: dict[int, tuple[RecordType, Player]] = {}
_MOST_PLAYERS = 2_000


def _player(record_type: RecordType) -> Player:
    # Record types hold mappings and cannot be hashed; the pair keeps the type alive, so its id stays its own.
    found = _players.get(id(record_type))
    if found is None:
        if len(_players) >= _MOST_PLAYERS:
            _players.clear()
        found = _players[id(record_type)] = record_type, Player(record_type)
    return found[1]


def apply(
    record_type: RecordType, document: Mapping[str, Any] | None, entry: Entry, context: Context
) -> Outcome:
    """The record's next version after one more checked entry.

    `document` is the version before, None where there is none; it is not changed. `replay_needed` where the
    entry happened before what is known, or corrects something said earlier: the caller then calls `replay`
    with all the record's entries and this one.
    """
    player = _player(record_type)
    if document is None:
        if entry.kind is not EntryKind.OPEN:
            return _refused(entry, "no-such-record", f"没有台账 {entry.record} / no such record")
        opened = player.open(entry.record, _statement(entry), context)
        if isinstance(opened, Problem):
            return Outcome(problems=(opened,))
        if entry.late:
            opened["late"] = True
        return Outcome(opened)
    if entry.kind is EntryKind.OPEN:
        return _refused(entry, "already-open", f"台账 {entry.record} 已存在 / the record exists already")
    if document["void"]:
        return _refused(entry, "record-void", "台账已作废 / the record is void")
    at = entry.happened[:19]
    if entry.kind is EntryKind.VOID and not entry.target:
        return Outcome({**document, "void": True, "late": entry.late, "_last": max(at, document["_last"])})
    if entry.target or at < document["_last"]:
        return _REPLAY
    following = dict(document)
    following["late"] = entry.late
    if entry.kind is EntryKind.STEP:
        said = Statement(entry.id, entry.step, at, entry.area, entry.body, entry.payload)
        problem = player.step(following, said, context)
        return Outcome(following) if problem is None else Outcome(problems=(problem,))
    return _amend_latest(player, following, entry, at)


def _amend_latest(player: Player, document: Document, entry: Entry, at: str) -> Outcome:
    """An amendment of the latest statements: their columns, unless more hangs on them."""
    spoken = entry.payload.keys()
    own = spoken - player.record_type.fields.keys() - {"area", "body"}
    # Even without segments: the latest statement may be a step that repeated the value, and now changes it.
    varying = not spoken.isdisjoint(player.record_type.varies)
    if own or varying or not spoken.isdisjoint(player.delicate):
        return _REPLAY
    player.put(document, entry.payload)
    document["_last"] = at
    return Outcome(document)


def replay(record_type: RecordType, entries: Iterable[Entry], context: Context) -> Document:
    """The record that all these entries of it add up to.

    `entries` stand in the ledger's order, which decides between entries of the same second; they are
    played in the order in which they happened. Raises EntryError with every problem when they do not make
    a record: a step from the wrong state, an amendment of what is not there …
    """
    known = list(entries)
    if not known:
        raise EntryError(Problem("no-such-record", "没有条目 / no entries"))
    ordered = sorted(known, key=lambda entry: entry.happened[:19])
    statements, problems = _effective(ordered)
    if problems:
        raise EntryError(problems)
    player = _player(record_type)
    opening = statements[0]
    document = player.open(ordered[0].record, opening, context)
    if isinstance(document, Problem):
        raise EntryError(document)
    for said in statements[1:]:
        problem = player.step(document, said, context)
        if problem is not None:
            raise EntryError(problem)
    document["_last"] = ordered[-1].happened[:19]
    document["late"] = known[-1].late
    if any(entry.kind is EntryKind.VOID and not entry.target for entry in known):
        document["void"] = True
    return document


def _effective(ordered: Sequence[Entry]) -> tuple[list[Statement], list[Problem]]:
    """What the opening entry and the steps that stand say, after amendments and voids."""
    problems: list[Problem] = []
    opens = [entry for entry in ordered if entry.kind is EntryKind.OPEN]
    if len(opens) != 1:
        code = "already-open" if opens else "no-such-record"
        problems.append(_problem(ordered[-1], code, "台账应恰有一条立案 / a record has one opening entry"))
        return [], problems
    by_id = {entry.id: entry for entry in ordered}
    voided = {entry.target for entry in ordered if entry.kind is EntryKind.VOID and entry.target}
    for entry in ordered:
        if entry.target:
            _check_target(entry, by_id, problems)
    if problems:
        return [], problems
    standing = [entry for entry in ordered if entry.id not in voided]
    amends = [entry for entry in standing if entry.kind is EntryKind.AMEND]
    spoken = [entry for entry in standing if entry.kind in (EntryKind.OPEN, EntryKind.STEP)]
    early = next(entry for entry in standing if entry.kind is not EntryKind.VOID)
    if early is not opens[0]:
        problems.append(
            _problem(early, "before-open", f"早于立案时间 {opens[0].happened} / before the record opened")
        )
    if problems:
        return [], problems
    order = {entry.id: number for number, entry in enumerate(ordered)}
    said = _corrected(amends)
    statements = {entry.id: _statement(entry) for entry in spoken}
    for amend in said:
        if amend.target in statements:
            statements[amend.target] = _said_instead(statements[amend.target], amend.payload)
        elif not amend.target:
            _amend_latest_statements(statements, amend, order)
    return list(statements.values()), problems


def _check_target(entry: Entry, by_id: Mapping[str, Entry], problems: list[Problem]) -> None:
    target = by_id.get(entry.target)
    if target is None or target is entry:
        problems.append(
            _problem(entry, "unknown-target", f"本台账没有条目 {entry.target} / no such entry in the record")
        )
    elif entry.kind is EntryKind.VOID and target.kind not in (EntryKind.STEP, EntryKind.AMEND):
        remedy = "要作废整个台账,不带 target / to void the record leave `target` out"
        problems.append(
            _problem(entry, "target-not-voidable", f"不能作废 {target.kind} 条目 / cannot be voided", remedy)
        )
    elif entry.kind is EntryKind.AMEND and target.kind is EntryKind.VOID:
        problems.append(
            _problem(entry, "target-not-amendable", "作废条目不能更正 / a void cannot be amended")
        )


def _corrected(amends: Sequence[Entry]) -> list[Entry]:
    """Amendments of statements, in order, each as those that correct it, at any remove, would have it."""
    ids = {amend.id for amend in amends}
    corrections: dict[str, list[Entry]] = {}
    for amend in amends:
        corrections.setdefault(amend.target, []).append(amend)
    first = [amend for amend in amends if amend.target not in ids]
    waiting, outside_in = list(first), []
    while waiting:  # not by recursion: a chain may be as long as its writer likes
        outside_in.append(amend := waiting.pop())
        waiting += corrections.get(amend.id, ())
    meant: dict[str, dict[str, Any]] = {}
    for amend in reversed(outside_in):
        meant[amend.id] = dict(amend.payload)
        for correction in corrections.get(amend.id, ()):
            meant[amend.id] |= meant[correction.id]
    return [amend._replace(payload=meant[amend.id]) for amend in first]


def _amend_latest_statements(
    statements: dict[str, Statement], amend: Entry, order: Mapping[str, int]
) -> None:
    """Rewrite the latest statement before the amendment of each thing that it speaks of."""
    before = [said for key, said in statements.items() if order[key] < order[amend.id]]
    if not before:
        return
    for key, value in amend.payload.items():
        latest = next((s for s in reversed(before) if key in statements[s.entry].payload), before[0])
        current = statements[latest.entry]
        statements[latest.entry] = _said_instead(current, {key: value})


def _said_instead(said: Statement, payload: Mapping[str, Any]) -> Statement:
    return said._replace(payload={**said.payload, **payload})


def _statement(entry: Entry) -> Statement:
    return Statement(entry.id, entry.step, entry.happened[:19], entry.area, entry.body, entry.payload)


def _problem(entry: Entry, code: str, found: str, remedy: str = "") -> Problem:
    return Problem(code, found, remedy=remedy, place=Place("", entry=entry.id))


def _refused(entry: Entry, code: str, found: str) -> Outcome:
    return Outcome(problems=(_problem(entry, code, found),))
