"""Where the marked pages of a run go, and the list of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import quote

from taizhang import jobs

MOST_BYTES = 200
_HEAD = """<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>读过的报告 / reports read</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; max-width: 64rem;
  margin: 2rem auto; padding: 0 1.25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8884;
  unicode-bidi: isolate; }
.number { text-align: end; }
small { opacity: .7; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>读过的报告 / reports read</h1>
<table>
<thead><tr><th scope="col">报告 / report</th><th scope="col">地区 / region</th>
<th scope="col">年份 / year</th>
<th scope="col" class="number">数字主张 / claims</th><th scope="col" class="number">表述 / statements</th>
<th scope="col" class="number">发现 / findings</th></tr></thead>
<tbody>
"""


class PagesOutput:
    """One page where one document is read; of several a folder of pages, with a list in `index.html`."""

    def __init__(self, target: Path, many: bool) -> None:
        self.target = target.resolve()
        self._folder = many or target.is_dir()
        self._taken: set[Path] = set()

    def page_for(self, document: jobs.DocumentFile) -> Path:
        """Where a document's page goes: no two documents share one."""
        if not self._folder:
            return self.target
        base = (self.target / document.label).with_name(_short(document.label.name))
        page, number = base.with_name(f"{base.name}.html"), 1
        while page in self._taken:
            number += 1
            page = base.with_name(f"{base.name}-{number}.html")
        self._taken.add(page)
        return page

    def write_list(self, read: Sequence[jobs.ReadFile]) -> None:
        """Write the list of the pages, where there is a folder of them."""
        if self._folder:
            rows = "".join(self._row(one) for one in read if one.page)
            jobs.write_whole(
                self.target / "index.html", f"{_HEAD}{rows}</tbody>\n</table>\n</body>\n</html>\n"
            )

    def _row(self, read: jobs.ReadFile) -> str:
        link = escape(quote(os.fsencode(Path(read.page).relative_to(self.target))))
        name = f'<a href="{link}">{escape(read.title or read.file)}</a><br><small>{escape(read.file)}</small>'
        cells = [f"<td>{name}</td>"]
        cells += [f"<td>{escape(str(one or ''))}</td>" for one in (read.region, read.year)]
        cells += [f'<td class="number">{count}</td>' for count in read.found.values()]
        return f"<tr>{''.join(cells)}</tr>\n"


def _short(name: str) -> str:
    """A name that leaves room for an ending, of a system's 255 bytes."""
    whole = os.fsencode(name)
    if len(whole) <= MOST_BYTES:
        return name
    return f"{whole[: MOST_BYTES - 9].decode('utf-8', 'ignore')}-{sha256(whole).hexdigest()[:8]}"
