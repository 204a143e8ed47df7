"""YAML files into plain data, with the line and column of every key and value.

Built on the parser's events, so that nothing but mappings, lists and scalars can come out: no aliases, no
tags, no second document. Scalars follow the core schema of YAML 1.2, but dates stay text, and digits with a
leading zero are a code, not a number. Keys are always text (`on` and `2022` too).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from taizhang.errors import Problem
from taizhang.values import Place

LARGEST = 1_000_000
"""Characters of a file."""
DEEPEST = 40
"""Levels of nesting."""

Path = tuple[str | int, ...]

_COLON_LINE = re.compile(r"^[ ]*(?:- +)?[A-Za-z_][\w-]*(\uFF1A)", re.MULTILINE | re.ASCII)
_COLON_KEY = re.compile(r"[A-Za-z_][\w-]*(\uFF1A)", re.ASCII)
"""A key with a full-width colon behind it: at the start of a line, or within a key of a flow mapping."""

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)?\.[0-9]+|[-+]?(?:0|[1-9][0-9]*)\.?(?:[eE][-+]?[0-9]{1,3})")
_WORDS: Mapping[str, object] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class YamlTree:
    """A file's data, and where each path of it stands: (line, column, whether the scalar is quoted)."""

    source: str
    data: Any
    values: Mapping[Path, tuple[int, int, bool]]
    keys: Mapping[Path, tuple[int, int]]
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path, offset: int | None = None) -> Place:
        """The place of the value at `path` (or of what it stands in); `offset` counts into a scalar."""
        where: Path = path
        while where and where not in self.values and where not in self.keys:
            where = where[:-1]
        if where == path and where in self.values:
            line, column, quoted = self.values[where]
            return Place(self.source, line, column + (0 if offset is None else offset + quoted))
        line, column = self.keys.get(where) or self.values.get(where, (1, 1, False))[:2]
        return Place(self.source, line, column)

    def key_place(self, path: Path) -> Place:
        """The place of the key that `path` ends in."""
        if path in self.keys:
            line, column = self.keys[path]
            return Place(self.source, line, column)
        return self.place(path)


@dataclass(slots=True)
class _Builder:
    source: str
    events: Iterator[Any]
    values: dict[Path, tuple[int, int, bool]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def say(self, event: Any, code: str, found: str, remedy: str = "") -> None:
        mark = event.start_mark
        self.problems.append(
            Problem(code, found, remedy=remedy, place=Place(self.source, mark.line + 1, mark.column + 1))
        )

    def node(self, event: Any, path: Path) -> Any:
        mark = event.start_mark
        if isinstance(event, ev.AliasEvent):
            self.say(
                event, "yaml-alias", "YAML 引用(*)不可用 / aliases are refused", "把内容写出来 / write it out"
            )
            return None
        quoted = isinstance(event, ev.ScalarEvent) and event.style in ("'", '"')
        self.values[path] = (mark.line + 1, mark.column + 1, quoted)
        if event.anchor is not None:
            self.say(
                event, "yaml-alias", "YAML 锚点(&)不可用 / anchors are refused", "把内容写出来 / write it out"
            )
        if event.tag is not None and event.tag != "!":
            self.say(
                event, "yaml-tag", f"YAML 标签 {event.tag} 不可用 / tags are refused", "去掉标签 / drop it"
            )
        if len(path) > DEEPEST:
            raise _TooDeep(event)
        if isinstance(event, ev.ScalarEvent):
            return event.value if quoted or event.style in ("|", ">") else _plain(event.value)
        if isinstance(event, ev.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    def sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, ev.SequenceEndEvent):
                break
            items.append(self.node(event, (*path, len(items))))
        return items

    def mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, ev.MappingEndEvent):
                break
            if not isinstance(event, ev.ScalarEvent):
                self.say(event, "yaml-key", "键必须是文字 / a key must be text")
                self.node(event, (*path, ""))
                self.node(next(self.events), (*path, ""))
                continue
            key = event.value
            inner = (*path, key)
            if key in found:
                line = self.keys[inner][0]
                self.say(
                    event,
                    "duplicate-key",
                    f"键 `{key}` 重复(已见于第 {line} 行)/ duplicate key, first at line {line}",
                    "删去其中一个 / remove one",
                )
                self.node(next(self.events), (*path, ""))
                continue
            if event.style is None and (colon := _COLON_KEY.match(key)):
                self.problems.append(_full_width_colon(
                    Place(self.source, event.start_mark.line + 1, event.start_mark.column + colon.end())
                ))  # fmt: skip
            self.keys[inner] = (event.start_mark.line + 1, event.start_mark.column + 1)
            found[key] = self.node(next(self.events), inner)
        return found


class _TooDeep(Exception):
    def __init__(self, event: Any) -> None:
        self.event = event


def _full_width_colon(place: Place) -> Problem:
    found = "键后是全角冒号“\uff1a” / a full-width colon after a key"
    return Problem("full-width-colon", found, remedy="改为半角“: ” / write `: `", place=place)


def _plain(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text


@lru_cache(maxsize=512)
def read_yaml(text: str, source: str) -> YamlTree:
    """What a YAML text says. Never raises for bad text: `problems` then tells, and `data` may be None."""
    builder = _Builder(source, iter(()))
    data: Any = None
    try:
        if len(text) > LARGEST:
            raise YAMLError(f"larger than {LARGEST} characters")
        events = YAML(typ="safe", pure=True).parse(text)
        builder.events = (e for e in events if not isinstance(e, ev.StreamStartEvent))
        documents = 0
        for event in builder.events:
            if isinstance(event, ev.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    builder.say(event, "yaml-documents", "一个文件只能有一份文档 / one document a file only")
                    break
            elif not isinstance(event, ev.DocumentEndEvent | ev.StreamEndEvent):
                data = builder.node(event, ())
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        colons = [m for m in _COLON_LINE.finditer(text) if mark is None or m.start() <= mark.index]
        place = Place(source, mark.line + 1, mark.column + 1) if mark else Place(source)
        said = " ".join(part for part in (error.context, error.problem) if part)
        if colons:  # the last before the place at which the reader gave up
            at = colons[-1].start(1)
            line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
            builder.problems.append(_full_width_colon(Place(source, line, column)))
        else:
            builder.problems.append(
                Problem("yaml-syntax", f"YAML 语法错误 / YAML syntax: {said}", place=place)
            )
    except _TooDeep as deep:
        builder.say(
            deep.event, "yaml-too-deep", f"嵌套超过 {DEEPEST} 层 / nested deeper than {DEEPEST} levels"
        )
    except (YAMLError, ValueError, RecursionError) as error:
        place = Place(source)
        builder.problems.append(Problem("yaml-syntax", f"YAML 读不出 / cannot be read: {error}", place=place))
    if data is None and not builder.problems:
        builder.problems.append(
            Problem("empty-file", "文件是空的 / the file is empty", place=Place(source, 1, 1))
        )
    return YamlTree(source, data, builder.values, builder.keys, tuple(builder.problems))
