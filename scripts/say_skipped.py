"""say_skipped.py RESULT.xml: what was skipped and why; with CI=true exit code 1 if the README promises it."""

from __future__ import annotations

import os
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

# The folder beside the checkout is no part of the product, so no promise hangs on it.
EXCUSED = "../shared"


def skipped(result: Path) -> dict[str, list[str]]:
    """Reason → the tests that were skipped for it. Raises ParseError when pytest left no whole result."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for case in ElementTree.parse(result).iter("testcase"):  # noqa: S314 - pytest wrote it a moment ago
        for mark in case.iter("skipped"):
            reasons[mark.get("message") or "no reason given"].append(
                f"{case.get('classname')}.{case.get('name')}"
            )
    return reasons


def main(arguments: list[str], environment: dict[str, str]) -> int:
    result = Path(arguments[0])
    if not result.exists():
        print("pytest 没有留下结果 / pytest left no result")
        return 1
    reasons = skipped(result)
    if not reasons:
        print("没有跳过任何测试 / nothing was skipped")
        return 0
    print("跳过的测试 / skipped:")
    for reason, tests in sorted(reasons.items()):
        print(f"  {len(tests)} × {reason}")
        for test in tests[:5]:
            print(f"      {test}")
    broken = [reason for reason in reasons if EXCUSED not in reason]
    if broken and environment.get("CI") == "true":
        print("CI 下不许跳过上面这些 / in CI these may not be skipped: " + "; ".join(sorted(broken)))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], dict(os.environ)))
