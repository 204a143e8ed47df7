"""Files of entries by the real command: refused with their places, mended, and sent again."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Place


def fault(number: int, **changed: object) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": f"01KTEST{number:019d}", "kind": "open", "type": "street-lights.fault",
        "happened": "2026-03-01T09:00:00", "area": "990101001", "body": "district-office",
        "payload": {"place": "东街口", "lamps": 2},
    }  # fmt: skip
    return entry | changed


def lines(*entries: dict[str, object]) -> str:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


def column(entry: dict[str, object], key: str) -> int:
    return json.dumps(entry, ensure_ascii=False).index(f'"{key}"') + 1


def test_every_problem_has_its_line_and_column(place: Place) -> None:
    low = fault(2, payload={"place": "a:100:b", "lamps": 0})
    typo = fault(3, payload={"plase": "西", "lamps": 1})
    nowhere = fault(4, area="990199")
    file = place.write("a.jsonl", "\n" + lines(fault(1), low, typo, nowhere, {"kind": "open"}))
    done = place.run("post", file)
    assert done.code == 2
    places = [line.split(": ")[0] for line in done.err.splitlines() if line.startswith(str(file))]
    low_at, typo_at, area_at = column(low, "lamps"), column(typo, "plase"), column(nowhere, "area")
    assert f"{file}:3:{low_at} {low['id']}.lamps" in places
    assert f"{file}:4:{typo_at} {typo['id']}.plase" in places
    assert f"{file}:5:{area_at} {nowhere['id']}.area" in places
    assert f"{file}:6.id" in places
    assert places == sorted(places, key=lambda where: int(where.removeprefix(f"{file}:").split(":")[0][0]))
    assert place.rows("verify")[0]["entries"] == 7


def test_what_was_refused_is_sent_again_as_it_came_back(place: Place) -> None:
    file = place.write("a.jsonl", lines(fault(1), fault(2, payload={"place": "西", "lamps": 0})))
    done = place.run("post", file, "--partial", "--format", "jsonl")
    assert (done.code, done.rows[0]["taken"], done.rows[0]["refused"]) == (2, 1, 1)
    refused = Path(done.rows[0]["refused_file"])
    reasons = json.loads(refused.read_text("utf-8"))["_problems"]
    assert "too-low" in reasons[0]
    assert "a.jsonl:2:" in reasons[0]
    again = place.run("post", refused)
    assert "too-low" in again.err
    assert "unknown-key" not in again.err
    refused.write_text(refused.read_text("utf-8").replace('"lamps":0', '"lamps":4'), "utf-8")
    assert place.rows("post", refused)[0]["taken"] == 1


def test_a_trial_of_a_file_takes_nothing(place: Place) -> None:
    file = place.write("a.jsonl", lines(fault(1), fault(2)))
    trial = place.rows("post", file, "--dry-run")[0]
    assert (trial["taken"], trial["rehearsed"], trial["position"]) == (2, True, 7)
    assert place.rows("post", file)[0]["taken"] == 2
    known = place.rows("post", file, "--dry-run")[0]
    assert (known["taken"], known["known"]) == (0, 2)


def test_where_the_folder_cannot_be_written_what_was_refused_goes_to_the_home(place: Place) -> None:
    bad = fault(2, payload={"place": "西", "lamps": 0})
    folder = place.folder / "taken"
    folder.mkdir()
    file = folder / "a.jsonl"
    file.write_text(lines(bad), "utf-8")
    (folder / "a.refused.jsonl").mkdir()
    done = place.run("post", file, "--partial", "--format", "jsonl")
    assert done.code == 2
    assert Path(done.rows[0]["refused_file"]).read_text("utf-8").startswith('{"id"')
