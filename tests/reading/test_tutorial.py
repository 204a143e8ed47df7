"""The researchers' tutorial does what it says, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^   ```(\w+)\n(.*?)^   ```$", re.M | re.S)


def blocks(page: str) -> list[tuple[str, str]]:
    text = (ROOT / "docs" / "tutorial" / page).read_text("utf-8")
    return [(kind, re.sub(r"^   ", "", block, flags=re.M)) for kind, block in BLOCK.findall(text)]


@pytest.mark.parametrize("page", ["researchers.md", "researchers.zh.md"])
def test_the_samples_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (kind, report), *samples = blocks(page)
    assert kind == "text"
    Path("reports").mkdir()
    Path("reports/qinglan-2031.txt").write_text(report, "utf-8")
    names: dict[str, object] = {}
    for kind, sample in samples:
        assert kind == "python"
        exec(compile(sample, page, "exec"), names)
    said = capsys.readouterr().out
    assert "青岚县 2030" in said
    assert "粮食总产量 62000" in said
    assert "% change achieved" in said
    assert re.search(r"\[\(2030, '\w*粮食总产量', Decimal\('65000\.0+'\), '吨'\)\]", said)


def test_both_languages_show_the_same() -> None:
    assert blocks("researchers.md") == blocks("researchers.zh.md")
