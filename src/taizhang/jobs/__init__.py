"""The use cases that cross parts, one function a file. No Django here: the caller has started it.

The names load when they are first asked for, because a job that needs the ledger can only be imported once
Django has been set up (`taizhang.server.start`), and `read` and `validate` need neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taizhang.jobs.demonstration import Demonstration, build_demonstration, standing_demonstration
    from taizhang.jobs.district import DistrictFacts, district_facts, published_reports
    from taizhang.jobs.district_application import AppliedDistrict, apply_district
    from taizhang.jobs.document_listing import DocumentFile, DocumentFiles, document_files
    from taizhang.jobs.document_reading import FailedFile, write_whole
    from taizhang.jobs.document_run import processes_for, read_documents
    from taizhang.jobs.entry_explanation import explain_entry
    from taizhang.jobs.explanation import explained_kind
    from taizhang.jobs.figure_explanation import explain_figure
    from taizhang.jobs.figure_months import figure_by_month
    from taizhang.jobs.figure_rows import compute_figures
    from taizhang.jobs.file_posting import PostedFile, post_file
    from taizhang.jobs.file_storing import store_file
    from taizhang.jobs.forgetting import forget_person
    from taizhang.jobs.founding import found_district
    from taizhang.jobs.record_explanation import explain_record
    from taizhang.jobs.record_listing import list_records
    from taizhang.jobs.record_words import describe_record
    from taizhang.jobs.report_check import CheckedReport, check_report
    from taizhang.jobs.run_folder import ReadFile, RunFolder
    from taizhang.jobs.sheet_import import import_sheet
    from taizhang.jobs.validation import validate_definitions
    from taizhang.jobs.verification import seal_ledger, verify_ledger

_WHERE = {
    "AppliedDistrict": "district_application",
    "CheckedReport": "report_check",
    "Demonstration": "demonstration",
    "DistrictFacts": "district",
    "DocumentFile": "document_listing",
    "DocumentFiles": "document_listing",
    "FailedFile": "document_reading",
    "PostedFile": "file_posting",
    "ReadFile": "run_folder",
    "RunFolder": "run_folder",
    "apply_district": "district_application",
    "build_demonstration": "demonstration",
    "check_report": "report_check",
    "compute_figures": "figure_rows",
    "describe_record": "record_words",
    "district_facts": "district",
    "document_files": "document_listing",
    "explain_entry": "entry_explanation",
    "explain_figure": "figure_explanation",
    "explain_record": "record_explanation",
    "explained_kind": "explanation",
    "figure_by_month": "figure_months",
    "forget_person": "forgetting",
    "found_district": "founding",
    "import_sheet": "sheet_import",
    "list_records": "record_listing",
    "post_file": "file_posting",
    "processes_for": "document_run",
    "published_reports": "district",
    "read_documents": "document_run",
    "seal_ledger": "verification",
    "standing_demonstration": "demonstration",
    "store_file": "file_storing",
    "validate_definitions": "validation",
    "verify_ledger": "verification",
    "write_whole": "document_reading",
}

__all__ = [
    "AppliedDistrict",
    "CheckedReport",
    "Demonstration",
    "DistrictFacts",
    "DocumentFile",
    "DocumentFiles",
    "FailedFile",
    "PostedFile",
    "ReadFile",
    "RunFolder",
    "apply_district",
    "build_demonstration",
    "check_report",
    "compute_figures",
    "describe_record",
    "district_facts",
    "document_files",
    "explain_entry",
    "explain_figure",
    "explain_record",
    "explained_kind",
    "figure_by_month",
    "forget_person",
    "found_district",
    "import_sheet",
    "list_records",
    "post_file",
    "processes_for",
    "published_reports",
    "read_documents",
    "seal_ledger",
    "standing_demonstration",
    "store_file",
    "validate_definitions",
    "verify_ledger",
    "write_whole",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"taizhang.jobs.{_WHERE[name]}"), name)
