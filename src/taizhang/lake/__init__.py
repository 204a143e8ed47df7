"""The ledger's columnar, append-only copy: catching up, and reading as of any position.

`Lake.open(home)` gives the lake; `catch_up()` appends what the ledger has got since, `cursor(position)` gives
DuckDB with one view per logical table, caught up; `rebuild()`, `tidy()` and `tables()` look after it.
"""

from taizhang.lake.lake import Lake, TableSize
from taizhang.lake.settings import LakeSettings
from taizhang.lake.work import Caught

__all__ = ["Caught", "Lake", "LakeSettings", "TableSize"]
