"""Whether an entry may be taken: who hands it in for which area, what it names, and closed periods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from taizhang.ledger.closed_periods import closing_that_is_changed
from taizhang.ledger.policies import IMPORTER
from taizhang.ledger.record_cache import Latest, RecordCache
from taizhang.ledger.saying import Saying
from taizhang.ledger.system_records import SystemRecords
from taizhang.ledger.type_rules import TypeRules
from taizhang.programmes import Entry

TOLERANCE = timedelta(minutes=5)
"""By which a sender's clock may be fast."""


class EntryRules:
    """The rules as the system's records `known` have them; `by` hands in, at the time `now`."""

    def __init__(self, known: SystemRecords, records: RecordCache, by: str, now: str) -> None:
        self.known, self.records, self.by, self.now, self.today = known, records, by, now, now[:10]
        self.missing_files: set[str] = set()

    def check_rights(
        self, entry: Entry, sent: Entry, rules: TypeRules, latest: Latest | None, say: Saying
    ) -> None:
        """The roles of who acts and of who hands in, where the entry and where the record is."""
        known, area, programme, officer = self.known, entry.area, rules.programme, entry.officer
        if rules.system and area != known.rules.root:
            root = known.rules.root
            say("not-the-root", f"系统台账的 area 应为全区 / must be the district: {area}", "area", root)
        may = known.policies.may
        if (sent.recorded or officer != self.by) and not may(self.by, IMPORTER, area, programme, self.today):
            name = "recorded" if sent.recorded else "officer"
            say("importer-only", f"只有 {IMPORTER} 可以代填 `{name}` / only an importer may hand it in", name)
        role, day = rules.role(entry), entry.recorded[:10]
        if not may(officer, role, area, programme, day):
            _not_allowed(officer, role, area, say)
        if rules.system:
            return
        own = latest.document["area"] if latest is not None else area
        if own != area and not may(officer, role, own, programme, day):
            _not_allowed(officer, role, own, say)
        self._check_area(area, entry.happened, "area", say)
        if entry.body not in known.bodies:
            self._unknown_body(entry.body, "body", say)

    def _check_area(self, code: str, happened: str, name: str, say: Saying) -> None:
        known = self.known.areas.get(code)
        if known is None:
            say("unknown-area", f"没有区域 {code!r} / no such area", name)
        elif known["state"] == "struck_off" and known["struck_off_at"] <= happened[:19]:
            say("area-struck-off", f"区域 {code} 已于 {known['struck_off_at']} 撤销 / struck off", name)

    def _unknown_body(self, code: str, name: str, say: Saying) -> None:
        say("unknown-body", f"没有机构 {code!r} / no such body", name)

    def check_references(self, entry: Entry, rules: TypeRules, say: Saying) -> None:
        """The areas, bodies, records and files that the payload names."""
        payload = entry.payload
        for name in rules.areas:
            code = payload.get(name)
            if code is not None and not (rules.system and code == self.known.rules.root):
                self._check_area(code, entry.happened, name, say)
        for name in rules.bodies:
            code = payload.get(name)
            if code is not None and code not in self.known.bodies:
                self._unknown_body(code, name, say)
        for name in rules.files:
            for digest in payload.get(name) or ():
                if digest in self.missing_files:
                    found = f"没有保存内容为 {digest} 的文件 / the file's content is not kept"
                    say("unknown-file", found, name, remedy="taizhang attach FILE")
        for name, kind in rules.references:
            if (record := payload.get(name)) is not None:
                target = self.records.get(record)
                if target is None or (kind and target.type != kind):
                    say("unknown-reference", f"没有 {kind} 台账 {record} / no such record", name)
                elif target.document["void"]:
                    say("void-reference", f"台账 {record} 已作废 / the record is void", name)

    def is_late(
        self, entry: Entry, rules: TypeRules, latest: Latest | None, document: Mapping[str, Any], say: Saying
    ) -> bool:
        """Whether the entry says something of a closed period, by the version it makes; it needs a reason."""
        closings = self.known.closings_of(rules.programme)
        if rules.system or not closings:
            return False
        before = latest.document if latest is not None else None
        closing = closing_that_is_changed(
            entry, rules.dated, rules.dated_columns, before, document, closings, self.known.policies
        )
        if closing is not None and not entry.reason.strip():
            found = f"{closing.start} 起的期间已关闭,补录须写明理由 / closed; a late entry needs a reason"
            say("period-closed", found, "reason")
        return closing is not None

    def check_times(self, entry: Entry, sent: Entry, say: Saying) -> None:
        """Nothing happened after it was recorded, and nothing was recorded after now, but for clocks' errors.

        What takes effect later is posted on its day; dates to come stand in date fields.
        """
        if entry.happened > entry.recorded and _after(entry.happened, entry.recorded):
            found = f"发生时间 {entry.happened} 晚于记录时间 / happened after it was recorded"
            say("in-the-future", found, "happened", f"≤ {entry.recorded}")
        if sent.recorded > self.now and _after(sent.recorded, self.now):
            found = f"记录时间 {sent.recorded} 尚未到 / recorded in the future"
            say("in-the-future", found, "recorded", f"≤ {self.now}")


def _after(time: str, limit: str) -> bool:
    return datetime.fromisoformat(time) > datetime.fromisoformat(limit) + TOLERANCE


def _not_allowed(officer: str, role: str, area: str, say: Saying) -> None:
    found = f"{officer} 在 {area} 没有角色 `{role or '任一'}` / does not hold the role there"
    say("not-allowed", found, "officer")
