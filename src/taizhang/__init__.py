"""Taizhang (台账): the ledger behind the report."""

__version__ = "0.1.0"
