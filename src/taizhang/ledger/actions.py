"""What can be done to the ledger."""

from taizhang.ledger.persons import forget
from taizhang.ledger.sealing import Sealed, seal

__all__ = ["Sealed", "forget", "seal"]
