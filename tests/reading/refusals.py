"""What a refused document must say."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang import reading
from taizhang.errors import DocumentError


def assert_refused(file: Path, data: bytes, code: str) -> None:
    """Reading a file of this content is refused by this code, with the file's place and a remedy."""
    file.write_bytes(data)
    with pytest.raises(DocumentError) as refused:
        reading.read(file)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.place is not None
    assert problem.place.source == str(file)
    assert problem.remedy
