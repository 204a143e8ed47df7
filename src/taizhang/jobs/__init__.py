"""The use cases that cross parts, one function a file. No Django here: the caller has started it.

The names load when they are first asked for, because a job that needs the ledger can only be imported once
Django has been set up (`taizhang.server.start`), and `read` and `validate` need neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taizhang.jobs.build_demonstration import build_demonstration, demonstration_size
    from taizhang.jobs.check_report import CheckedReport, check_report
    from taizhang.jobs.compute_figures import compute_figures
    from taizhang.jobs.district_facts import DistrictFacts, district_facts, published_reports
    from taizhang.jobs.explain_figure import explain_figure
    from taizhang.jobs.explain_record import explain_record
    from taizhang.jobs.found_district import found_district
    from taizhang.jobs.import_sheet import import_sheet
    from taizhang.jobs.post_file import PostedFile, post_file
    from taizhang.jobs.read_files import read_files
    from taizhang.jobs.validate_definitions import validate_definitions
    from taizhang.jobs.verify_ledger import seal_ledger, verify_ledger

_WHERE = {
    "CheckedReport": "check_report",
    "DistrictFacts": "district_facts",
    "PostedFile": "post_file",
    "build_demonstration": "build_demonstration",
    "check_report": "check_report",
    "compute_figures": "compute_figures",
    "demonstration_size": "build_demonstration",
    "district_facts": "district_facts",
    "explain_figure": "explain_figure",
    "explain_record": "explain_record",
    "found_district": "found_district",
    "import_sheet": "import_sheet",
    "post_file": "post_file",
    "published_reports": "district_facts",
    "read_files": "read_files",
    "seal_ledger": "verify_ledger",
    "validate_definitions": "validate_definitions",
    "verify_ledger": "verify_ledger",
}

__all__ = [
    "CheckedReport",
    "DistrictFacts",
    "PostedFile",
    "build_demonstration",
    "check_report",
    "compute_figures",
    "demonstration_size",
    "district_facts",
    "explain_figure",
    "explain_record",
    "found_district",
    "import_sheet",
    "post_file",
    "published_reports",
    "read_files",
    "seal_ledger",
    "validate_definitions",
    "verify_ledger",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"taizhang.jobs.{_WHERE[name]}"), name)
