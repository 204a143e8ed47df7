"""Options that several commands take, written once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from taizhang.cli.rows import Format

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="区县数据目录 / the district's home (default: TAIZHANG_HOME or ./home)"),
]
FormatOption = Annotated[Format, typer.Option("--format", help="输出格式 / how rows are printed")]
AsOfOption = Annotated[
    int | None, typer.Option("--as-of", help="截至哪个台账位置 / as known at this position of the ledger")
]
AreaOption = Annotated[str | None, typer.Option("--area", help="区域代码或名称 / an area's code or name")]
OfficerOption = Annotated[
    str,
    typer.Option(
        "--officer", envvar="TAIZHANG_OFFICER", help="以谁的名义 / in whose name (an officer's username)"
    ),
]
PartialOption = Annotated[
    bool,
    typer.Option("--partial", help="好的先入账,退回的写入文件 / take what is good, write the rest to a file"),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="只检查,不入账 / check everything, take nothing")
]
