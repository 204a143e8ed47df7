"""What the loader refuses, each thing at its line and column, and what it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang.errors import DefinitionError
from taizhang.programmes import Definitions, load

GOOD = """\
programme: works
name: 工程
records:
  site:
    mechanism: project
    fields:
      kind: {type: choice, choices: {road: 道路, house: 房屋}}
      area_m2: {type: number, decimals: 2, unit: 平方米}
      note: {type: text}
      share: {type: number, unit: "%"}
      due: {type: date}
      code: {type: code, codes: kinds}
      who: {type: person}
    steps:
      planned: {start: started}
      started: {finish: finished}
    step_rules:
      finish: {asks: [note]}
    limits:
      building: {from: started, until: finished, within: 5 working days}
    roles: {open: clerk}
indicators:
  done:
    name: 完工数
    of: site
    value: {value: count(*), on: finished_at}
  rate:
    name: 完工率
    of: site
    numerator: {value: count(*), on: finished_at}
    denominator: {value: count(*), on: planned_at}
    unit: "%"
  both:
    name: 合计
    formula: '"done" + "works.done"'
report:
  - {section: 一, zh: "完工{done}个,完工率{rate}。"}
statements:
  - {indicator: done, kind: milestone, asserts: [completed], where: kind = 'road', names: {subject: note}}
  - {indicator: rate, kind: coverage, holds: '"rate.numerator" = "rate.denominator"'}
"""
CODES = 'codes: kinds\nname: 种类\nversion: "1"\nitems: {"01": 甲}\n'


def read(programme: str = GOOD, codes: str = CODES) -> Definitions:
    return load({"programmes/works.yaml": programme, "codes/kinds.yaml": codes})


def problems(programme: str = GOOD, codes: str = CODES) -> list[tuple[str, int, int]]:
    with pytest.raises(DefinitionError) as refused:
        read(programme, codes)
    for problem in refused.value.problems:
        assert problem.place is not None
        assert problem.place.source in ("programmes/works.yaml", "codes/kinds.yaml")
    return [(p.code, p.place.line, p.place.column) for p in refused.value.problems if p.place]


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def where(text: str, part: str) -> tuple[int, int]:
    """Line and column, from 1, of the first `part` in `text`."""
    start = text.index(part)
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


# what stands in the good file, what is written instead, the code, and where in the new text the finger points
WRONG = [
    ("type: text}", "typ: text}", "unknown-field", "typ: text"),
    ("mechanism: project", "mechanism: projekt", "unknown-mechanism", "projekt"),
    ("type: date", "type: dat", "unknown-type", "dat}"),
    ("codes: kinds}", "codes: kind}", "unknown-code-list", "kind}"),
    ("finish: finished}", "finish: finish}", "unknown-state", "finished, within"),
    ("finish: finished}", "finish: finished}\n      lost: {back: started}", "unreachable-state", "lost: {back"),  # noqa: E501
    ("asks: [note]", "asks: [notes]", "unknown-field", "notes"),
    ("finish: {asks", "finsh: {asks", "unknown-step", "finsh"),
    ("from: started", "from: start", "unknown-state", "start, until"),
    ("5 working days", "soon", "not-a-duration", "soon"),
    ("roles: {open", "roles: {opn", "unknown-step", "opn"),
    ("of: site\n    value", "of: sites\n    value", "unknown-record-type", "sites"),
    ("count(*), on: finished_at}\n  rate", "count(*), on: note}\n  rate", "not-a-date-column", "note}\n  rate"),  # noqa: E501
    ("count(*), on: finished_at}\n  rate", "count(*), on: finish_at}\n  rate", "unknown-date-column", "finish_at}\n  rate"),  # noqa: E501
    ("count(*), on: finished_at}\n  rate", "count(*)}\n  rate", "on-or-standing", "{value: count(*)}\n"),
    ("count(*), on", "sum(note), on", "wrong-type", "sum(note)"),
    ("count(*), on", "sum(area_m3), on", "unknown-column", "area_m3"),
    ("count(*), on", "median(area_m2), on", "not-in-language", "median"),
    ("count(*), on", "area_m2, on", "column-outside-aggregate", "area_m2, on"),
    ("count(*), on", "count(*) filter (where kind = 'raod'), on", "unknown-choice", "kind = 'raod'"),
    ("count(*), on", "count(*) filter (where state = 'finised'), on", "unknown-choice", "state = "),
    ("count(*), on", "count(*) filter (where area_m2 = 'x'), on", "wrong-type", "'x'"),
    ("count(*), on", "count(*) filter (where kind > 'a'), on", "wrong-type", "kind > "),
    ("count(*), on", "count(*) filter (where due < '2022-02-30'), on", "not-a-date", "due < "),
    ("count(*), on", "'count(*) filter (where days_between(due, note) > 1)', on", "wrong-type", "days_between(due"),  # noqa: E501
    ("count(*), on", "(select 1), on", "not-in-language", None),
    ("count(*), on", "count(*) over (), on", "not-in-language", "count(*) over"),
    ("count(*), on", '"count(*); drop table x", on', "not-in-language", "; drop"),
    ("count(*), on", "sum(sum(area_m2)), on", "aggregate-not-here", None),
    ("count(*), on", "sum(who), on", "wrong-type", "sum(who)"),
    ("count(*), on", "sum(cast(note as int)), on", "not-in-language", None),
    ("count(*), on", "max(due), on", "not-a-number", "max(due)"),
    ("count(*), on", "1 + 1, on", "no-aggregate", "1 + 1"),
    ("value: {value: count(*), on: finished_at}", "value: {value: count(*), on: finished_at}\n    unit: \"%\"", "impossible-unit", '"%"\n  rate'),  # noqa: E501
    ("    denominator: {value: count(*), on: planned_at}\n", "", "missing-key", None),
    ('"works.done"', '"works.don"', "unknown-indicator", '"works.don"'),
    ('"done" +', "done +", "not-in-language", "done + "),
    ('"done" +', '"both" +', "formula-cycle", "'\"both\""),
    ("{done}", "{don}", "unknown-indicator", "{don}"),
    ("{done}", "{done.rank}", "not-ranked", "{done.rank}"),
    ("{done}", "{done", "brace", None),
    ("note: {type: text}", "state: {type: text}", "name-taken", "state: {type"),
    ("note: {type: text}", "start_count: {type: text}", "name-taken", "start_count"),
    ("note: {type: text}", "note: {type: text, low: 1}", "setting-not-here", "1}"),
    ("choices: {road: 道路, house: 房屋}", "required: true", "missing-key", "{type: choice"),
    ("name: 工程\n", "name: 工程\nname: 工地\n", "duplicate-key", "name: 工地"),
    ("name: 工程\n", "name: &a 工程\n", "yaml-alias", "&a"),
    ("name: 工程\n", "name: *a\n", "yaml-alias", None),
    ("name: 工程\n", "name: !!python/name:os.system x\n", "yaml-tag", "!!python"),
    ("name: 工程\n", "name: [工程\n", "yaml-syntax", None),
    ("until: finished", "until: started", "limit-without-length", "started, within"),
    ("finish: {asks: [note]}", "finish: {asks: [note]}\n      more: {acts: extend, limit: building, by: 5 working hours}", "extension-unit", "5 working hours"),  # noqa: E501
    ("finish: {asks: [note]}", "finish: {asks: [note]}\n      hold: {acts: suspend, limit: building}", "never-resumed", None),  # noqa: E501
    ("finish: {asks: [note]}", "finish: {asks: [note]}\n      patrol: {acts: patrol}", "patrol-without-rounds", "patrol}"),  # noqa: E501
    ("value: {value: count(*), on: finished_at}", "value: {value: avg(area_m2), on: finished_at}\n    persons: place", "setting-not-here", "place\n  rate"),  # noqa: E501
    ("value: {value: count(*), on: finished_at}", "value: {value: count(distinct who), on: finished_at}", "missing-key", "{value: count(distinct who)"),  # noqa: E501
    ("value: {value: count(*), on: finished_at}", "value: {value: count(distinct who), on: finished_at}\n    persons: residence", "missing-key", "residence\n  rate"),  # noqa: E501
    ("name: 完工率", "name: 完工数", "name-taken", "完工数\n    of: site\n    numerator"),
    ('    unit: "%"\n  both', '    unit: "%"\n    amber: 7\n  both', "wrong-value", "7\n  both"),
    ('    unit: "%"\n  both', '    unit: "%"\n    targets: {2022: 90}\n  both', "missing-key", "{2022: 90}"),
    ('    unit: "%"\n  both', '    unit: "%"\n    rank: {}\n  both', "missing-key", "{}\n  both"),
    ("note: {type: text}", "note: {type: text, unit: 元}", "setting-not-here", "元}"),
    ("note: {type: text}", "note: {type: text, decimals: 2}", "setting-not-here", "2}\n      share"),
    ("note: {type: text}", "note: {type: money, unit: 万元}", "impossible-unit", "万元}"),
    ("name: 工程\n", "name\uFF1A工程\n", "full-width-colon", "\uFF1A工程"),
    ("    name: 完工率\n", "    name\uFF1A完工率\n", "full-width-colon", "\uFF1A完工率"),
    ("note: {type: text}", "note: {type\uFF1Atext}", "full-width-colon", "\uFF1Atext}"),
    ("name: 工程\n", "", "missing-key", None),
    ("indicator: done", "indicator: dune", "unknown-indicator", "dune, kind"),
    ("kind: milestone", "kind: milestne", "unknown-value", "milestne"),
    ("kind: milestone", "kind: appraisal", "unknown-value", "appraisal"),
    ("asserts: [completed]", "asserts: [complete]", "unknown-assertion", "complete]"),
    ("where: kind = 'road'", "where: kind = 'raod'", "unknown-choice", "kind = 'raod'"),
    ("where: kind = 'road'", "where: count(*) > 1", "aggregate-not-here", "count(*) > 1"),
    ("where: kind = 'road'", "on: note", "not-a-date-column", "note, names"),
    ("where: kind = 'road'", "of: sites, on: planned_at", "unknown-record-type", "sites, on"),
    ("where: kind = 'road'", "of: site", "on-or-standing", None),
    ("{subject: note}", "{subject: notes}", "unknown-field-that-names", "notes}"),
    ("{subject: note}", "{subject: [note, due]}", "unknown-field-that-names", "due]}"),
    ("{subject: note}", "{subject: note.name}", "unknown-field-that-names", "note.name"),
    ("{subject: note}", "{subjekt: note}", "unknown-field", "subjekt"),
    ("indicator: done, kind", "indicator: both, kind", "missing-key", None),
    ("'\"rate.numerator\" =", "'\"rat.numerator\" =", "unknown-indicator", '"rat.numerator"'),
    ("= \"rate.denominator\"'", "+ 1'", "not-a-condition", None),
    ("= \"rate.denominator\"'", "= (select 1)'", "not-in-language", None),
    ("'\"rate.numerator\" = \"rate.denominator\"'", "1 = 1", "no-indicator", "1 = 1"),
    ("kind: coverage, holds", "kind: coverage, on: planned_at, holds", "setting-not-here", "planned_at, holds"),  # noqa: E501
    ("programme: works", "programme: Works", "wrong-value", "Works"),
]  # fmt: skip


def test_the_good_file_is_read() -> None:
    definitions = read()
    site = definitions.record_type("works.site")
    assert site.states == ("planned", "started", "finished")
    assert site.ends == {"finished"}
    assert definitions.indicator("works.rate").factor == 100
    assert definitions.programmes["works"].roles == {"clerk"}
    assert {"administrator", "importer"} < definitions.roles
    assert "system" in definitions.programmes
    formula = definitions.indicator("works.both").formula
    assert formula is not None
    assert formula.sql() == '"works.done" + "works.done"'


@pytest.mark.parametrize(("old", "new", "code", "at"), WRONG, ids=[f"{w[2]}: {w[1][:30]}" for w in WRONG])
def test_what_is_wrong_is_said_at_its_place(old: str, new: str, code: str, at: str | None) -> None:
    text = changed(old, new)
    found = problems(text)
    assert code in [problem[0] for problem in found], found
    if at is not None:
        assert (code, *where(text, at)) in found


def test_every_problem_is_told_not_the_first_only() -> None:
    text = changed("mechanism: project", "mechanism: projekt").replace("type: date", "type: dat")
    assert {code for code, _, _ in problems(text)} == {"unknown-mechanism", "unknown-type"}
    text = changed("count(*), on: finished_at}\n  rate", "sum(note), on: note}\n  rate").replace(
        "asks: [note]", "asks: [x]"
    )
    assert len(problems(text)) == 3


def test_a_misspelt_state_is_one_problem_and_no_other_state_is_called_unreachable() -> None:
    text = changed("    steps:\n", "    states: [planned, started, finished]\n    steps:\n")
    assert read(text).record_type("works.site").states == ("planned", "started", "finished")
    wrong = text.replace("{start: started}", "{start: startd}", 1)
    assert problems(wrong) == [("unknown-state", *where(wrong, "startd"))]


def test_a_full_width_colon_in_a_text_is_a_text() -> None:
    name = read(changed("name: 完工数", "name: 完工\uff1a数")).indicator("works.done").name
    assert name.zh == "完工\uff1a数"


def test_levels_and_bodies_are_checked_where_they_are_known() -> None:
    covered = changed("value: {value: count(*), on: finished_at}", "value: {covered: tonw, on: finished_at}")
    text = covered.replace("name: 工程\n", "name: 工程\nlead: offce\n", 1)
    files = {"programmes/works.yaml": text, "codes/kinds.yaml": CODES}
    assert load(files).programmes["works"].lead == "offce"
    with pytest.raises(DefinitionError) as caught:
        load(files, levels={"district", "town"}, bodies={"office"})
    found = [(p.code, p.place.line, p.place.column) for p in caught.value.problems if p.place]
    assert found == [("unknown-body", *where(text, "offce")), ("unknown-level", *where(text, "tonw"))]
    assert "是否为 `town`" in str(caught.value)


def test_a_suggestion_names_the_nearest() -> None:
    with pytest.raises(DefinitionError, match="是否为 `finished_at`"):
        read(changed("count(*), on: finished_at}\n  rate", "count(*), on: finishd_at}\n  rate"))


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "programmes").mkdir()
    with pytest.raises(DefinitionError, match="no-definitions"):
        load(tmp_path)
    (tmp_path / "programmes" / "a.yaml").write_bytes("programme: a\nname: 台账".encode("gbk"))
    (tmp_path / "programmes" / "b.yaml").write_bytes(b"")
    with pytest.raises(DefinitionError) as refused:
        load(tmp_path)
    assert [(p.code, p.place.line) for p in refused.value.problems if p.place] == [
        ("not-utf-8", 2),
        ("empty-file", 1),
    ]
    with pytest.raises(DefinitionError, match="no-such-folder"):
        load(tmp_path / "none")


def test_a_deep_or_large_file_is_refused() -> None:
    assert problems("a: " * 1 + "[" * 300 + "]" * 300)[0][0] in ("yaml-too-deep", "yaml-syntax")
    assert problems("x" * 1_000_001)[0][0] == "yaml-syntax"


def test_two_files_may_not_declare_one_programme() -> None:
    with pytest.raises(DefinitionError, match="duplicate-id"):
        load({"programmes/a.yaml": GOOD, "programmes/b.yaml": GOOD, "codes/k.yaml": CODES})


def test_the_version_changes_with_any_text() -> None:
    first, again, other = read(), read(), read(GOOD + "# note\n")
    assert first.version == again.version != other.version
    assert first.indicator("works.done").version == other.indicator("works.done").version
    changed_measure = read(changed("count(*), on: finished_at}\n  rate", "count(*), on: started_at}\n  rate"))
    assert changed_measure.indicator("works.done").version != first.indicator("works.done").version


def test_the_example_of_the_reference_is_true(repository: Path) -> None:
    text = (repository / "docs/reference/programme-file-example.yaml").read_text("utf-8")
    definitions = load({"programmes/city-cases.yaml": text, "codes/city-case-categories.yaml": EXAMPLE_CODES})
    assert definitions.indicator("city-cases.total-score").formula is not None


EXAMPLE_CODES = """\
codes: city-case-categories
name: {zh: 部件与事件类别}
version: "2022"
items:
  "0101": {name: {zh: 上水井盖}, within: 4 working hours, parent: "01", weight: 1}
  "0201": {name: {zh: 违章搭建}, within: 5 working days, parent: "02", weight: 1}
"""
