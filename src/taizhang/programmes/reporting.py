"""Collecting what is wrong with one definition file, each thing at its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from taizhang.errors import Problem
from taizhang.programmes.suggestions import nearest, unknown
from taizhang.programmes.yaml_tree import Path, YamlTree


@dataclass(slots=True)
class Report:
    """The problems found so far in one file."""

    tree: YamlTree
    problems: list[Problem] = field(default_factory=list)

    def say(
        self,
        path: Path,
        code: str,
        found: str,
        expected: str = "",
        remedy: str = "",
        offset: int | None = None,
    ) -> None:
        """Something is wrong with the value at `path`, `offset` characters into it."""
        self.problems.append(Problem(code, found, expected, remedy, self.tree.place(path, offset)))

    def unknown(
        self, path: Path, what: tuple[str, str], name: str, known: Iterable[str], *, key: bool = False
    ) -> None:
        """The value (or, with `key`, the key) at `path` is a name that is not among `known`."""
        place = self.tree.key_place(path) if key else self.tree.place(path)
        self.problems.append(unknown(what, name, known, place))

    def shape_errors(self, model: type[BaseModel], error: ValidationError) -> None:
        """What Pydantic found wrong with the file's shape."""
        for found in error.errors(include_url=False):
            path = tuple(found["loc"])
            if found["type"] == "extra_forbidden":
                keys = _keys_at(model, path[:-1])
                self.unknown(path, ("字段", "field"), str(path[-1]), keys, key=True)
            elif found["type"] == "missing":
                missing = str(path[-1])
                self.say(
                    path[:-1], "missing-key", f"缺 `{missing}` / missing key", remedy=f"补上 {missing}: …"
                )
            elif found["type"] in ("enum", "literal_error"):
                self._not_among(path, found)
            else:
                self.say(_without_marks(path), "wrong-value", f"{_words(found)}", expected=_expected(found))

    def _not_among(self, path: Path, found: Any) -> None:
        said, expected = str(found["input"]), found["ctx"]["expected"]
        near = nearest(said, [part.strip("'") for part in expected.replace(" or ", ", ").split(", ")])
        hint = f",是否为 `{near}`? / did you mean `{near}`?" if near else ""
        what = {"mechanism": "机制 / mechanism", "type": "类型 / type"}.get(
            str(path[-1]), f"`{path[-1]}` 的值 / value"
        )
        code = {"mechanism": "unknown-mechanism", "type": "unknown-type"}.get(str(path[-1]), "unknown-value")
        self.say(path, code, f"未知{what} `{said}`{hint}", expected)


def _without_marks(path: Path) -> Path:
    """Pydantic writes `[key]` after the name of a mapping's wrong key."""
    return tuple(part for part in path if part != "[key]")


def _words(found: Any) -> str:
    value = found["input"]
    shown = "…" if isinstance(value, dict | list) else repr(value)
    return f"{found['loc'][-1] if found['loc'] else ''}: {shown} 不合要求 / {found['msg']}"


def _expected(found: Any) -> str:
    context = found.get("ctx") or {}
    return str(context.get("pattern", "")) if context else ""


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that a file may have at `path`."""
    kind: Any = model
    for part in path:
        kind = _model_of(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {info.alias or name: info for name, info in kind.model_fields.items()}
            if part not in fields:
                return []
            kind = fields[str(part)].annotation
        elif get_origin(kind) in (dict, list):
            kind = get_args(kind)[-1]
    kind = _model_of(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [info.alias or name for name, info in kind.model_fields.items()]
    return []


def _model_of(kind: Any) -> Any:
    """`X` of `X | None` and of `Annotated[X, …]`."""
    while True:
        parts = get_args(kind)
        if hasattr(kind, "__metadata__"):
            kind = parts[0]
        elif get_origin(kind) not in (dict, list) and type(None) in parts:
            kind = next(part for part in parts if part is not type(None))
        else:
            return kind
