"""Whether changed definitions still fit the records that the ledger holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from taizhang.errors import Problem
from taizhang.programmes import Definitions, RecordType, YamlTree, column_type, read_yaml
from taizhang.values import Place

_REMEDY = "把它留在文件里,另起一个新的 / leave it in the file, and add a new one beside it"


def misfits(
    before: Definitions, after: Definitions, texts: Mapping[str, str], has_records: Callable[[str], bool]
) -> list[Problem]:
    """What `after` takes away that records of `before` rest on, at its place in the files `texts`.

    Entries are for ever: a field, a state or a record type that any record has must stay, and a field must
    stay of its type. `has_records` tells whether the ledger holds a record of a type.
    """
    trees = {str(tree.data["programme"]): tree for tree in map(_tree, texts.items()) if tree is not None}
    problems: list[Problem] = []
    for old in before.record_types:
        programme = after.programmes.get(old.programme)
        new = programme.records.get(old.id) if programme else None
        found = list(_lost(old, new))
        if found and has_records(old.key):
            tree = trees.get(old.programme)
            for path, zh, en in found:
                place = tree.place(path) if tree else Place(old.key)
                said = f"{zh}(已有记录)/ {en}, and there are records"
                problems.append(Problem("definition-loses", said, remedy=_REMEDY, place=place))
    return problems


def _tree(file: tuple[str, str]) -> YamlTree | None:
    path, text = file
    tree = read_yaml(text, path)
    return tree if isinstance(tree.data, dict) and "programme" in tree.data else None


def _lost(old: RecordType, new: RecordType | None) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    here: tuple[str | int, ...] = ("records", old.id)
    if new is None:
        yield here, f"少了台账类型 {old.key}", f"record type {old.key} is gone"
        return
    if new.mechanism is not old.mechanism:
        yield (*here, "mechanism"), f"{old.key} 的机制改了", f"{old.key} has another mechanism"
    for field in old.fields.values():
        there = new.fields.get(field.id)
        path = (*here, "fields", field.id)
        if there is None:
            yield path, f"少了字段 {field.id}", f"field {field.id} is gone"
        elif (there.type, there.personal) != (field.type, field.personal) or (
            not field.personal and column_type(there) != column_type(field)
        ):
            yield (*path, "type"), f"字段 {field.id} 换了类型", f"field {field.id} is of another type"
    for state in old.states:
        if state not in new.states:
            yield (*here, "states"), f"少了状态 {state}", f"state {state} is gone"
