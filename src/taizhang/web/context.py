"""What every template knows: the district's name and its notice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from taizhang import jobs


def district(request: HttpRequest) -> dict[str, Any]:
    """`district` (its name) and `notice` (that the records are synthetic, where they are)."""
    about = jobs.district_facts()
    return {"district": about.name, "notice": about.notice}
