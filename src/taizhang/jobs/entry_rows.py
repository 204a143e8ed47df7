"""A record's entries as an explanation shows them: what was said, when and by whom, with digest and proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from taizhang.ledger import queries
from taizhang.programmes import Definitions, FieldType, RecordType

HIDDEN = "(个人信息,不显示 / personal, not shown)"


def entry_rows(
    definitions: Definitions, records: Sequence[str], upto: int, *, proof: bool = True
) -> dict[str, list[dict[str, Any]]]:
    """Record → its entries up to a position. Personal fields are hidden.

    `proof` adds each entry's inclusion proof (RFC 6962) under the last seal; None while it is not sealed.
    """
    kept = queries.entries_of_many(list(records), upto)
    proofs = queries.proofs(e.position for entries in kept.values() for e in entries) if proof else {}

    def row(entry: queries.KeptEntry) -> dict[str, Any]:
        said = _said(definitions.record_type(entry.type), entry.payload)
        shown = {
            "position": entry.position,
            "id": entry.id,
            "kind": entry.kind,
            "step": entry.step,
            "target": entry.target,
            "happened": entry.happened,
            "recorded": entry.recorded,
            "officer": entry.officer,
            "area": entry.area,
            "body": entry.body,
            "reason": entry.reason,
            "late": entry.late,
            "payload": said,
            "digest": entry.digest.hex(),
        }
        return shown | {"proof": proof_row(proofs.get(entry.position))} if proof else shown

    return {record: [row(entry) for entry in entries] for record, entries in kept.items()}


def record_rows(
    definitions: Definitions, records: Iterable[str], upto: int, *, proof: bool = True
) -> list[dict[str, Any]]:
    """A row a record, with its entries."""
    found = entry_rows(definitions, list(records), upto, proof=proof)
    return [{"record": record, "entries": entries} for record, entries in found.items()]


def without_personal(kind: RecordType, said: Mapping[str, Any]) -> dict[str, Any]:
    """A record's columns with what is personal hidden, and what the ledger keeps for itself left out."""
    return {key: value for key, value in _said(kind, said).items() if not key.startswith("_")}


def proof_row(proof: queries.Proof | None) -> dict[str, Any] | None:
    """An inclusion proof as it is printed: digest and path in hex; None where there is none."""
    if proof is None:
        return None
    return {
        "position": proof.position,
        "digest": proof.digest.hex(),
        "sealed": proof.size,
        "root": proof.root.hex(),
        "path": [step.hex() for step in proof.path],
        "holds": proof.holds(),
    }


def _said(kind: RecordType, payload: Mapping[str, Any]) -> dict[str, Any]:
    hidden = {f.id for f in kind.fields.values() if f.personal or f.type is FieldType.PERSON}
    return {key: HIDDEN if key in hidden else value for key, value in payload.items()}
