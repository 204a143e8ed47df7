"""A real district on the database that the environment names: found, post, catch up, and compare.

`real_ledger_process.py HOME DISTRICT`; prints what was compared as JSON. A process of its own, because Django
is set up for one home only.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from python_rows import table_rows

from taizhang.server import start


def files(district: Path) -> dict[str, str]:
    paths = [district / "district.yaml", *district.glob("programmes/*.yaml"), *district.glob("codes/*.yaml")]
    return {str(path.relative_to(district)): path.read_text(encoding="utf-8") for path in paths}


def opened(number: int, of: str, record: str, **payload: object) -> dict[str, object]:
    return {
        "id": f"{number:026d}",
        "kind": "open",
        "type": of,
        "record": record,
        "happened": "2022-03-01T08:15:00",
        "area": "450205",
        "body": "agriculture-bureau",
        "payload": payload,
    }


def found(district: Path) -> None:
    """The district with its root, a body, and an officer who may post chiefs and their patrols."""
    from taizhang.ledger import actions

    actions.found(files(district), administrator="admin", password="a long password", importer="importer")
    actions.set_password("importer", "another long password")
    known = [
        opened(1, "system.area", "root", code="450205", name="柳北区", level="district"),
        opened(2, "system.body", "bureau", code="agriculture-bureau", name="农业农村局"),
    ]
    for number, role in enumerate(("chiefs-office", "chief"), 3):
        known.append(opened(number, "system.appointment", role, officer="importer", role=role, area="450205"))
    early = [entry | {"happened": "2021-01-01T00:00:00"} for entry in known]
    actions.post(early, by=actions.officer("importer"))


def duties(first: int, count: int) -> list[dict[str, object]]:
    """Duties of a year, each with one patrol."""
    term = {
        "kind": "river",
        "place": "香兰河",
        "chief": "河长",
        "term_from": "2022-01-01",
        "term_to": "2022-12-31",
    }
    entries = []
    for number in range(first, first + 2 * count, 2):
        entries.append(opened(number, "chiefs.duty", f"duty{number}", **term))
        patrol = {"kind": "step", "step": "patrol", "type": "chiefs.duty", "record": f"duty{number}"}
        when = {"happened": "2022-03-02T09:00:00", "payload": {"on": "2022-03-02"}}
        entries.append({"id": f"{number + 1:026d}"} | patrol | when)
    return entries


def main(home: Path, district: Path) -> None:
    start(home)
    from django.db import connection, transaction

    from taizhang.lake import Lake, LakeSettings
    from taizhang.ledger import actions, queries

    found(district)
    lake = Lake.open(home)
    ways = [lake.catch_up().way]
    for first, count in ((100, 1), (200, 3), (300, 40)):
        actions.post(duties(first, count), by=actions.officer("importer"))
        ways.append(lake.catch_up().way)
    refused = ""
    try:
        with transaction.atomic():
            lake.catch_up()
    except RuntimeError as error:
        refused = str(error)
    counted = compare(lake)
    lake.tidy()
    assert compare(lake) == counted
    rebuilt = lake.rebuild().position
    assert compare(lake) == counted
    lake.close()
    bulk = Lake.open(LakeSettings(home, catalogue=lake.settings.catalogue, bulk=1))
    ways.append(bulk.rebuild().way)
    assert compare(bulk) == counted
    bulk.close()
    told = {"vendor": connection.vendor, "position": queries.position(), "rebuilt": rebuilt}
    print(json.dumps(told | {"rows": counted, "ways": ways, "refused": refused}))


def compare(lake: object) -> dict[str, int]:
    """Every row of the lake against the ledger's documents; the rows of each table."""
    from taizhang.ledger import queries

    definitions = queries.definitions()
    last = queries.position()
    wanted: dict[str, Counter] = {}
    for version in queries.versions(0, last, last):
        kind = definitions.record_type(version.type)
        for table, row in table_rows(kind, version.position, version.supersedes, version.document):
            wanted.setdefault(table, Counter())[row] += 1
    with lake.reading() as cursor:
        for table, rows in wanted.items():
            found = Counter(cursor.execute(f'FROM "{table}"').fetchall())
            assert found == rows, (table, found - rows, rows - found)
    return {table: sum(rows.values()) for table, rows in sorted(wanted.items())}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
