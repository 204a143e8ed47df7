"""One entry as it stands in the ledger, and the proof that it stands under the last seal."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

from taizhang.errors import Problem, UnknownName
from taizhang.jobs.entry_rows import proof_row
from taizhang.ledger import queries


def explain_entry(id: str) -> dict[str, Any]:
    """The entry's canonical text, its digest stored and computed anew, and its inclusion proof (RFC 6962).

    Personal fields stand in it as ciphers. `proof` is None while the entry is not sealed. Raises UnknownName
    for an id that is not in the ledger.
    """
    entry = queries.entry(id)
    if entry is None:
        raise UnknownName(Problem("unknown-entry", f"台账里没有条目 {id} / no such entry in the ledger"))
    record = queries.record(entry.record)
    canonical = orjson.dumps(entry.said, option=orjson.OPT_SORT_KEYS)
    return {
        "id": id,
        "position": entry.position,
        "record": entry.record,
        "type": entry.type,
        "area": record.document["area"] if record else entry.area,
        "canonical": canonical.decode(),
        "digest": entry.digest.hex(),
        "computed": hashlib.sha256(canonical).hexdigest(),
        "proof": inclusion_proof(entry.position),
    }


def inclusion_proof(position: int) -> dict[str, Any] | None:
    """The proof that the entry at `position` stands under the last seal; None while it is not sealed."""
    return proof_row(queries.proofs([position]).get(position))
