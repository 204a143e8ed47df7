"""What a user can meet has its place in docs/reference, and generated pages are as their sources are."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from source_tree import ROOT, product_files, tracked_files

REFERENCE = ROOT / "docs" / "reference"
SETTING = re.compile(r"\bTAIZHANG_[A-Z][A-Z_]*[A-Z]\b")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reference_text() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(REFERENCE.glob("*.md")))


def undocumented(names: set[str], text: str) -> list[str]:
    """Names that stand neither in a heading nor at the head of a table's row."""
    heads = [line for line in text.splitlines() if line.startswith("#") or line.startswith("|")]
    return sorted(
        name
        for name in names
        if not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) for line in heads)
    )


def test_every_setting_is_documented() -> None:
    used = {name for path in product_files() for name in SETTING.findall(path.read_text("utf-8"))}
    assert not undocumented(used, reference_text()), "give it a row in docs/reference/settings.md"


def test_errors_page_is_as_the_source() -> None:
    written = (REFERENCE / "errors.md").read_text("utf-8")
    assert written == script("write_errors").page(), "run make reference"


def test_every_error_and_code_is_documented() -> None:
    errors = script("write_errors")
    names = set(errors.error_classes()) | set(errors.problem_codes())
    assert "EntryError" in names
    assert not undocumented(names, (REFERENCE / "errors.md").read_text("utf-8"))


def test_the_page_sees_codes_however_they_are_said() -> None:
    errors = script("write_errors")
    source = """
class Unfit(Exception):
    def __init__(self, code, found, expected=""): ...
def _refused(file, code, found): return Problem(code, found)
def check(say, path):
    say(path, "at-a-path", "路径 / path")
    code = "one-way" if path else "other-way"
    found = f"见 {path} / seen"
    _refused(path, code, found)
    raise Unfit("not-fit" if path else "not-this", "不合 / unfit") from None
    say(error.code, error.found, "happened")
    unknown(("钥匙", "door key"), path, (*path, "codes"))
    for sign, code, found in (("full", "disk-is-full", "已满 / full"),):
        print("not-a-code", "无 / none")
"""
    module = ast.parse(source)
    makers = errors.makers_of(module) | {"say"}
    assert makers == {"Unfit", "_refused", "say"}
    assert dict(errors.codes_in(module, makers)) == {
        "at-a-path": "路径 / path",
        "one-way": "见 {…} / seen",
        "other-way": "见 {…} / seen",
        "not-fit": "不合 / unfit",
        "not-this": "不合 / unfit",
        "unknown-door-key": "未知钥匙 `{…}` / unknown door key",
        "disk-is-full": "已满 / full",
    }


@pytest.mark.parametrize("page", ["commands", "settings"])
def test_page_is_as_the_source(page: str) -> None:
    try:
        writer = script(f"write_{page}")
    except ImportError as error:
        pytest.skip(f"the source of {page}.md cannot be imported yet: {error}")
    assert (REFERENCE / f"{page}.md").read_text("utf-8") == writer.page(), "run make reference"


def test_data_dictionary_is_as_the_columns() -> None:
    written = (REFERENCE / "claims-columns.md").read_text("utf-8")
    assert written == script("write_columns").page(), "run make reference"


def dead_links(page: Path, text: str) -> list[str]:
    return [
        target
        for target in LINK.findall(text)
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]


def test_links_between_pages_lead_somewhere() -> None:
    found = {
        str(path.relative_to(ROOT)): dead
        for path in tracked_files()
        if path.suffix == ".md" and (dead := dead_links(path, path.read_text("utf-8")))
    }
    assert not found


def test_the_checks_see_what_is_missing(tmp_path: Path) -> None:
    assert undocumented({"TAIZHANG_NEW"}, "# Settings\nTAIZHANG_NEW is only in the prose\n") == [
        "TAIZHANG_NEW"
    ]
    assert undocumented({"TAIZHANG_NEW"}, "| `TAIZHANG_NEWER` | |") == ["TAIZHANG_NEW"]
    assert not undocumented({"TAIZHANG_NEW"}, "| `TAIZHANG_NEW` | … |")
    assert dead_links(tmp_path / "page.md", "[x](gone.md) [y](https://example.org)") == ["gone.md"]
