"""What a record is made of, and every figure that it touches."""

from __future__ import annotations

from typing import Any

from taizhang import figures
from taizhang.errors import Problem, UnknownName
from taizhang.jobs.entry_explanation import inclusion_proof
from taizhang.jobs.setting import standpoint
from taizhang.ledger import queries


def explain_record(record: str, *, as_of: int | None = None, proof: bool = False) -> dict[str, Any]:
    """A record's columns, its entries with their positions and digests, and the figures it is part of.

    With `proof` also the inclusion proof (RFC 6962) of the entry that opened it; None while unsealed.
    Personal fields are not shown. Raises UnknownName for a record that is not in the ledger at that position.
    """
    with standpoint(as_of) as here:
        kept = queries.record(record, here.position)
        if kept is None:
            problem = Problem("unknown-record", f"台账里没有记录 {record} / no such record in the ledger")
            raise UnknownName(problem)
        entries = queries.entries_of(record, here.position)
        touched = figures.figures_of(here.definitions, kept.type, kept.document, here.setting)
        explained = {
            "record": record,
            "type": kept.type,
            "area": kept.document["area"],
            "position": here.position,
            "columns": {key: value for key, value in kept.document.items() if not key.startswith("_")},
            "entries": [
                {
                    "position": entry.position,
                    "id": entry.id,
                    "kind": entry.kind,
                    "step": entry.step,
                    "happened": entry.happened,
                    "recorded": entry.recorded,
                    "officer": entry.officer,
                    "digest": entry.digest.hex(),
                }
                for entry in entries
            ],
            "figures": [
                {"indicator": indicator, "area": area, "period": str(period)}
                for indicator, area, period in touched
            ],
        }
    if proof:
        explained["proof"] = inclusion_proof(entries[0].position)
    return explained
