"""The folders of tests are no packages: two files of one name would be taken for each other."""

from __future__ import annotations

from collections import Counter

from source_tree import tracked_files


def test_no_two_test_files_have_one_name() -> None:
    names = Counter(path.name for path in tracked_files() if path.name.startswith("test_"))
    assert [name for name, count in names.items() if count > 1] == []
