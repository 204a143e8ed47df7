"""What can be done to the ledger."""

from taizhang.ledger.bulk_posting import post_bulk
from taizhang.ledger.files import Stored, forget_file, store_file
from taizhang.ledger.founding import found
from taizhang.ledger.officers import officer, set_password
from taizhang.ledger.persons import forget
from taizhang.ledger.posting import Posted, post
from taizhang.ledger.sealing import Sealed, seal

__all__ = [
    "Posted",
    "Sealed",
    "Stored",
    "forget",
    "forget_file",
    "found",
    "officer",
    "post",
    "post_bulk",
    "seal",
    "set_password",
    "store_file",
]
