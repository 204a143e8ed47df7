"""The ledger's columnar, append-only copy: catching up, and reading as of any position.

    lake = Lake.open(home)
    lake.catch_up()                 appends what the ledger has got since
    lake.cursor(position)           DuckDB with one view per logical table, caught up
    lake.rebuild(), lake.tidy(), lake.tables(), Lake.discard(settings)
"""

from taizhang.lake.lake import Lake, TableSize
from taizhang.lake.settings import LakeSettings
from taizhang.lake.work import Caught

__all__ = ["Caught", "Lake", "LakeSettings", "TableSize"]
