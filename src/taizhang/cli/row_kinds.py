"""The Parquet types of every kind of row: the same whatever a run happens to hold.

Values of figures are doubles, since a rate or an amount need not be whole; counts and positions are integers.
What a text asserts has the types of the reader's data dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from taizhang import reading

TEXT, WHOLE, REAL, YES_NO = pa.string(), pa.int64(), pa.float64(), pa.bool_()
TEXTS = pa.list_(TEXT)

_Columns = Mapping[str, pa.DataType]


def _of(kind: pa.DataType, *names: str) -> dict[str, pa.DataType]:
    return dict.fromkeys(names, kind)


_CLAIM: _Columns = {
    **_of(TEXT, "surface"),
    **_of(WHOLE, "start"),
    **_of(REAL, "low", "high", "step"),
    **_of(TEXT, "bound", "unit", "kind"),
    **_of(YES_NO, "approx"),
    **_of(TEXT, "basis", "modality", "subject", "section", "period"),
}
_VERDICT: _Columns = _of(TEXT, "verdict") | _of(TEXTS, "findings")
_FINDING: _Columns = {
    "finding": TEXT,
    "places": pa.list_(pa.list_(WHOLE)),
    "arithmetic": TEXT,
    "certainty": TEXT,
    "why": TEXT,
}
_PROOF = pa.struct(
    [
        ("position", WHOLE),
        ("digest", TEXT),
        ("sealed", WHOLE),
        ("root", TEXT),
        ("path", TEXTS),
        ("holds", YES_NO),
    ]
)
_ENTRY: _Columns = {
    **_of(WHOLE, "position"),
    **_of(TEXT, "id", "kind", "step", "target", "happened", "recorded", "officer", "area", "body", "reason"),
    **_of(YES_NO, "late"),
    **_of(TEXT, "payload", "digest"),
    "proof": _PROOF,
}
_ENTRIES = pa.list_(pa.struct(list(_ENTRY.items())))
_RECORDS = pa.list_(pa.struct([("record", TEXT), ("entries", _ENTRIES)]))
_TOUCHED = pa.list_(pa.struct([(n, TEXT) for n in ("indicator", "name", "area", "period")]))
_SENTENCES = pa.list_(
    pa.struct(
        [
            *((name, TEXT) for name in ("report", "sentence", "surface")),
            ("start", WHOLE),
            *((name, TEXT) for name in ("indicator", "area", "period", "verdict")),
        ]
    )
)
_PARTS = pa.list_(
    pa.struct(
        [
            *((name, TEXT) for name in ("indicator", "name", "unit")),
            *((name, REAL) for name in ("value", "numerator", "denominator")),
            ("records", WHOLE),
        ]
    )
)


def _named(fields: pa.Schema) -> Iterator[tuple[str, pa.DataType]]:
    return ((field.name, field.type) for field in fields)


KINDS: Mapping[str, _Columns] = {
    "figures": {
        **_of(TEXT, "indicator", "area", "period"),
        **_of(REAL, "value"),
        **_of(TEXT, "unit"),
        **_of(REAL, "numerator", "denominator"),
        **_of(WHOLE, "records", "reported", "expected"),
        **_of(REAL, "yoy_difference", "yoy_growth"),
        **_of(WHOLE, "rank"),
        **_of(REAL, "target"),
        **_of(TEXT, "light"),
        **_of(WHOLE, "position"),
        **_of(TEXT, "origin", "definition"),
        **_of(WHOLE, "unplaced"),
        "by": pa.map_(TEXT, TEXT),
    },
    "checked-claims": {
        **_CLAIM,
        **_VERDICT,
        **_of(TEXT, "indicator", "area", "figure_period"),
        **_of(REAL, "figure", "numerator", "denominator"),
        **_of(WHOLE, "records", "position"),
        **_of(TEXT, "why"),
    },
    "checked-statements": {
        **_of(TEXT, "kind", "surface"),
        **_of(WHOLE, "start"),
        **_of(TEXT, "subject", "indicator"),
        **_VERDICT,
        **_of(TEXT, "why", "asserts", "object", "period", "area", "figure_period"),
        **_of(REAL, "figure", "numerator", "denominator"),
        **_of(WHOLE, "records"),
        **_of(TEXTS, "sample"),
        **_of(WHOLE, "position"),
    },
    "checked-findings": _FINDING,
    **{what: dict(_named(columns.arrow_schema())) for what, columns in reading.COLUMNS.items()},
    "programmes": _of(TEXT, "programme", "name") | _of(TEXTS, "records", "indicators"),
    "posted": {
        **_of(TEXT, "file"),
        **_of(WHOLE, "taken", "known", "refused", "position"),
        **_of(TEXT, "refused_file"),
        **_of(YES_NO, "rehearsed"),
    },
    "stored": _of(TEXT, "digest") | _of(WHOLE, "size") | _of(TEXT, "name"),
    "changes": _of(TEXT, "kind", "what", "name", "change") | _of(WHOLE, "position"),
    "verified": {
        **_of(TEXT, "code"),
        **_of(WHOLE, "position"),
        **_of(TEXT, "what"),
        **_of(WHOLE, "entries", "sealed", "unsealed", "files", "forgotten"),
    },
    "explained-figure": {
        **_of(TEXT, "indicator", "name", "definition", "definition_en", "area", "area_name", "period"),
        **_of(REAL, "value"),
        **_of(TEXT, "unit"),
        **_of(REAL, "numerator", "denominator"),
        **_of(WHOLE, "records", "numerator_total", "denominator_total"),
        **_of(TEXTS, "sample"),
        **_of(TEXT, "origin"),
        **_of(WHOLE, "position"),
        **_of(TEXT, "definition_version", "sql"),
        "parts": _PARTS,
        **_of(WHOLE, "reported", "expected", "unplaced", "rank"),
        "peers": pa.list_(pa.struct([("peer", TEXT), ("value", REAL), ("document", TEXT)])),
        **_of(TEXT, "own_peer"),
        "numerator_records": _RECORDS,
        "denominator_records": _RECORDS,
    },
    "explained-record": {
        **_of(TEXT, "record", "type", "area"),
        **_of(WHOLE, "position"),
        **_of(TEXT, "columns"),
        "entries": _ENTRIES,
        "figures": _TOUCHED,
        "sentences": _SENTENCES,
        "proof": _PROOF,
    },
}
"""Kind of row → column → type. A mapping that stands where a text is wanted is written as JSON."""


def schema(kind: str) -> pa.Schema:
    """The schema of a kind of row. KeyError for a kind that is not declared."""
    return pa.schema(list(KINDS[kind].items()))


def fitted(value: Any, kind: pa.DataType, plain: Any) -> Any:
    """`value` as Arrow takes it for `kind`; `plain` writes what is no text as one."""
    if value is None:
        return None
    if pa.types.is_struct(kind):
        return {field.name: fitted(value.get(field.name), field.type, plain) for field in kind}
    if pa.types.is_map(kind):
        return [(str(key), str(one)) for key, one in value.items()]
    if pa.types.is_list(kind):
        return [fitted(one, kind.value_type, plain) for one in value]
    if pa.types.is_floating(kind):
        return float(value)
    if pa.types.is_string(kind):
        return value if isinstance(value, str) else plain(value)
    return value
