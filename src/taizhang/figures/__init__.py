"""Figures: definitions and a request in, exact figures out, by the engine that is handed in."""

from taizhang.figures.compute import Figures, compute
from taizhang.figures.duckdb_engine import DuckDBEngine
from taizhang.figures.explaining import Explanation, explain
from taizhang.figures.figure import AreaNode, Figure, PeerValue, Request, Setting, Target
from taizhang.figures.looking import Looking
from taizhang.figures.plan import Engine, formula_parts
from taizhang.figures.postgres_engine import PostgresEngine
from taizhang.figures.reference import ReferenceEngine, evaluate
from taizhang.figures.touching import figures_of

__all__ = [
    "AreaNode",
    "DuckDBEngine",
    "Engine",
    "Explanation",
    "Figure",
    "Figures",
    "Looking",
    "PeerValue",
    "PostgresEngine",
    "ReferenceEngine",
    "Request",
    "Setting",
    "Target",
    "compute",
    "evaluate",
    "explain",
    "figures_of",
    "formula_parts",
]
