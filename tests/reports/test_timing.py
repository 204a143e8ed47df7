"""Which period a claim is for."""

from __future__ import annotations

import pytest

from taizhang.reports.timing import period_of


@pytest.mark.parametrize(
    ("said", "clause", "period"),
    [
        ("2022", "全年立案6万件", "2022"),
        ("2022", "11月立案5000件", "2022-11"),
        ("2022", "11月份立案5000件", "2022-11"),
        ("2022", "上半年立案3万件", "2022-H1"),
        ("2022", "下半年立案3万件", "2022-H2"),
        ("2022", "第三季度立案1万件", "2022-Q3"),
        ("2022", "四季度立案1万件", "2022-Q4"),
        ("2022", "12月末在办案卷320件", "2022"),
        ("2022", "6月底完成老旧小区改造60个", None),
        ("2022", "年末在办案卷320件", "2022"),
        ("2022", "前三季度立案4万件", None),
        ("2022", "1-11月立案5万件", None),
        ("2022", "截至11月立案5万件", None),
        ("2022", "7月以来立案3万件", None),
        ("2022", "3个月内办结35件", "2022"),
        ("2022-03", "上半年立案3万件", "2022-03"),
        ("", "全年立案6万件", None),
        ("2022-13", "全年立案6万件", None),
    ],
)
def test_period(said: str, clause: str, period: str | None) -> None:
    found = period_of(said, clause)
    assert (str(found) if found else None) == period
