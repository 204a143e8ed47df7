"""Shares whose owner or whole an earlier figure of the text names."""

from __future__ import annotations

import re

from taizhang.reading.context import Context

_IN_WHOLE = re.compile(r"在(?P<whole>[^，,在]{2,20})[中里](?:所?占)?的(?:比重|比例|份额)$")
_WHOSE_SHARE = re.compile(
    r"(?!小于|大于|低于|高于|超过|其|它)(?P<who>[\u4e00-\u9fff]{2,10}?)(?:所占)?的?(?:比重|比例|份额)$"
)
_TAKEN_IN = re.compile(r"(?P<who>[^，,在]{2,20})在(?P<whole>[^，,在]{2,20})[中里]$")


def share_in(own: str, context: Context, closes: bool) -> str:
    """在批发总额中的比重, 积累所占的比重: shares that an earlier figure says whose or of what."""
    if _IN_WHOLE.match(own) and context.last:
        who = context.last.partition("在")[0].partition("占")[0]
        return who + own if 2 <= len(who) <= 16 and who != context.last else ""
    if (whose := _WHOSE_SHARE.match(own)) and (place := _IN_WHOLE.search(context.last)):
        return f"{whose['who']}{place.group()}"
    within = _TAKEN_IN.match(own) if closes else None
    return f"{within['who']}占{within['whole']}比重" if within else ""
