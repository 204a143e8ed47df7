"""Options that several commands take, written once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from taizhang.cli.rows import Format

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", help="区县数据目录 / the district's home (default: TAIZHANG_HOME or ./home)"
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="输出格式 / how rows are printed")]
AsOfOption = Annotated[
    int | None, typer.Option("--as-of", help="截至哪个台账位置 / as known at this position of the ledger")
]
AreaOption = Annotated[str | None, typer.Option("--area", help="区域代码 / an area's code")]
