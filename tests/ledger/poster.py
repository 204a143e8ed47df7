"""A process of its own that posts: small batches (`small`), a stream (`bulk`), the same as others (`race`).

It says how far it is after each acknowledged batch.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(home: str, what: str, first: int, count: int) -> None:
    from taizhang.server import start

    start(Path(home))
    from district import sent, ulid

    from taizhang.errors import EntryError
    from taizhang.ledger import actions

    if what == "bulk":
        officer = actions.officer("clerk")
        stream = (sent(n) for n in range(first, first + count))
        actions.post_bulk(stream, by=officer, batch=50, progress=lambda done: print(done, flush=True))
        return
    for n in range(first, first + count):
        if what == "small":
            print(*actions.post([sent(n)], by=actions.officer("clerk")).positions.values(), flush=True)
            continue
        # A rival: each accepts the same record under an id of its own; one of them may.
        step = sent(n, "step", record=ulid(500 + n % 1000), step="accept")
        try:
            print(*actions.post([step], by=actions.officer("chief")).positions.values(), flush=True)
        except EntryError as error:
            assert {problem.code for problem in error.problems} == {"wrong-state"}, error


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
