"""Files by digest: kept once, verified when they are opened, read by who may, and forgotten without a gap."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from district import EAST, FILES, ROOT, WEST, post, sent, system, ulid

from taizhang.errors import Breach, DocumentError, HomeError, NotAllowed, TaizhangError, UnknownName

PAPER = b"\x89 a photograph of the place \x00" * 100
DIGEST = hashlib.sha256(PAPER).hexdigest()
WITH_FILES = FILES["programmes/requests.yaml"].replace(
    "      amount:", "      papers: {name: {zh: 材料, en: Papers}, type: files}\n      amount:", 1
)


@pytest.fixture(autouse=True)
def district(ledger: str) -> None:
    """The trial district, whose requests have papers; a reader in the west, one in the east."""
    from taizhang.ledger import actions

    files = FILES | {"programmes/requests.yaml": WITH_FILES}
    actions.found(files, administrator="root", password="correct horse battery", importer="mover")
    entries = [
        system(1, "area", code=ROOT, name="试验区", level="district"),
        system(2, "area", code=WEST, name="西街道", level="subdistrict", parent=ROOT),
        system(3, "area", code=EAST, name="东街道", level="subdistrict", parent=ROOT),
        system(4, "body", code="office", name="办公室"),
        system(5, "appointment", officer="clerk", role="clerk", area=WEST, programme="requests"),
        system(6, "appointment", officer="other", role="clerk", area=EAST, programme="requests"),
    ]
    actions.post(entries, by=actions.officer("root"))


def code(error: pytest.ExceptionInfo[TaizhangError]) -> str:
    return error.value.problems[0].code


def environment(ledger: str, home: Path) -> dict[str, str]:
    """What lets a process of its own use this ledger."""
    from django.db import connection

    url, about = "", connection.settings_dict
    if ledger == "postgresql":
        url = f"postgresql://{about['USER']}@{about['HOST']}:{about['PORT']}/{about['NAME']}"
    return os.environ | {"TAIZHANG_HOME": str(home), "TAIZHANG_DATABASE_URL": url}


def test_a_file_is_kept_once_under_its_digest(tmp_path: Path) -> None:
    from taizhang.ledger import actions, files

    paper = tmp_path / "现场.jpg"
    paper.write_bytes(PAPER)
    stored = actions.store_file(paper)
    assert (stored.digest, stored.size, stored.name) == (DIGEST, len(PAPER), "现场.jpg")
    assert actions.store_file(PAPER, name="again.jpg") == stored
    assert files.file_of(DIGEST).read_bytes() == PAPER
    assert files.file_of(DIGEST).parent.name == DIGEST[:2]
    assert [p.name for p in (tmp_path / "files").rglob("*") if p.is_file()] == [DIGEST]
    assert files.missing([DIGEST, "0" * 64, DIGEST]) == {"0" * 64}
    assert files.missing([f"{n:064x}" for n in range(1200)]) == {f"{n:064x}" for n in range(1200)}
    assert files.missing([]) == set()


def test_who_may_read_the_record_may_read_its_file() -> None:
    from taizhang.ledger import actions, queries

    actions.store_file(PAPER, name="a.jpg")
    actions.store_file(b"of nobody", name="b.jpg")
    post(sent(100, payload={"amount": "1", "papers": [DIGEST]}))
    with queries.open_file(DIGEST, of=ulid(100), by=actions.officer("clerk")) as content:
        assert content.read() == PAPER
    with pytest.raises(NotAllowed) as refused:
        queries.open_file(DIGEST, of=ulid(100), by=actions.officer("other"))
    assert code(refused) == "may-not-read"
    with pytest.raises(NotAllowed):
        queries.open_file(DIGEST, of="absent", by=actions.officer("clerk"))
    other = hashlib.sha256(b"of nobody").hexdigest()
    with pytest.raises(UnknownName) as absent:
        queries.open_file(other, of=ulid(100), by=actions.officer("clerk"))
    assert code(absent) == "unknown-file"


def test_a_forgotten_file_leaves_entries_and_chain_whole() -> None:
    from taizhang.ledger import actions, files, queries

    actions.store_file(PAPER, name="a.jpg")
    post(sent(100, payload={"amount": "1", "papers": [DIGEST]}))
    checkpoint = actions.seal().file
    actions.forget_file(DIGEST)
    actions.forget_file(DIGEST)
    assert not files.file_of(DIGEST).exists()
    outcome = queries.verify(checkpoint, deep=True)
    assert outcome.whole
    assert (outcome.files.stored, outcome.files.forgotten) == (0, 1)
    assert files.missing([DIGEST]) == {DIGEST}
    assert queries.entry(ulid(100)).payload["papers"] == [DIGEST]
    with pytest.raises(UnknownName) as gone:
        queries.open_file(DIGEST, of=ulid(100), by=actions.officer("clerk"))
    assert code(gone) == "file-forgotten"
    with pytest.raises(DocumentError) as again:
        actions.store_file(PAPER)
    assert code(again) == "file-forgotten"
    assert not files.file_of(DIGEST).exists()
    with pytest.raises(UnknownName):
        actions.forget_file("0" * 64)


def test_verifying_names_what_is_missing_changed_or_left() -> None:
    from taizhang.ledger import actions, files, queries

    digests = [actions.store_file(b"%d of three" % n).digest for n in range(3)]
    gone, changed, left = map(files.file_of, digests)
    gone.unlink()
    changed.write_bytes(b"9 of three")
    content = left.read_bytes()
    actions.forget_file(digests[2])
    left.write_bytes(content)
    quick, deep = queries.verify(), queries.verify(deep=True)
    assert {b.code for b in quick.breaches} == {"file-missing", "file-left"}
    assert {b.code: b.what.rpartition(" ")[2] for b in deep.breaches} == {
        "file-missing": digests[0], "file-changed": digests[1], "file-left": digests[2]
    }  # fmt: skip
    with pytest.raises(HomeError) as missing:
        files.open_file(digests[0])
    with pytest.raises(Breach) as broken:
        files.open_file(digests[1])
    assert (code(missing), code(broken)) == ("file-missing", "file-changed")
    changed.write_bytes(b"longer than it was")
    assert "file-changed" in {b.code for b in queries.verify().breaches}
    actions.store_file(b"1 of three")  # storing what is damaged mends it
    with files.open_file(digests[1]) as mended:
        assert mended.read() == b"1 of three"


def test_what_cannot_be_kept(tmp_path: Path) -> None:
    from taizhang.ledger import actions, files
    from taizhang.ledger.models import StoredFile

    paper = tmp_path / "paper"
    paper.write_bytes(b"x" * 2_000_001)
    for content, more, wanted in (
        (paper, {"largest": 2_000_000}, "file-too-large"),
        (b"", {}, "file-empty"),
        (tmp_path / "absent", {}, "file-unreadable"),
        (tmp_path, {}, "file-unreadable"),
    ):
        with pytest.raises(DocumentError) as refused:
            actions.store_file(content, **more)
        assert code(refused) == wanted
    assert not StoredFile.objects.exists()
    assert not [p for p in (tmp_path / "files").rglob("*") if p.is_file()]
    with pytest.raises(ValueError, match="SHA-256"):
        files.file_of("../../etc/passwd")


def test_a_full_disk_keeps_nothing_of_it(ledger: str, tmp_path: Path) -> None:
    """Files of at most a megabyte: the kernel refuses the rest as a full disk would (EFBIG)."""
    script = (
        "import resource, signal, sys; from pathlib import Path; from taizhang.server import start\n"
        "start(Path(sys.argv[1])); from taizhang.ledger import actions\n"
        "actions.store_file(b'small')\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))\n"
        "actions.store_file(b'x' * 2**21)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], env=environment(ledger, tmp_path), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert "[disk-full]" in done.stderr, done.stderr
    kept = [p for p in (tmp_path / "files").rglob("*") if p.is_file()]
    assert [p.read_bytes() for p in kept] == [b"small"]


def test_attach_prints_the_digest(ledger: str, tmp_path: Path) -> None:
    paper = tmp_path / "a.pdf"
    paper.write_bytes(PAPER)
    command = Path(sys.executable).with_name("taizhang")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        said = environment(ledger, tmp_path)
        return subprocess.run([command, *words], env=said, capture_output=True, text=True, check=False)

    assert run("attach", str(paper)).stdout.strip() == DIGEST
    assert f'"digest": "{DIGEST}"' in run("attach", str(paper), "--format", "jsonl").stdout
    assert "文件 1,内容已删 0" in run("verify").stdout
    refused = run("attach", str(tmp_path / "absent.pdf"))
    assert (refused.returncode, "absent.pdf: " in refused.stderr) == (2, True)
    assert "[file-unreadable]" in refused.stderr


def test_an_entry_names_files_that_are_kept() -> None:
    from district import refused

    from taizhang.ledger import actions

    with_paper = sent(100, payload={"amount": "1", "papers": [DIGEST]})
    assert refused(with_paper) == {("unknown-file", "papers")}
    actions.store_file(PAPER)
    other = hashlib.sha256(b"another").hexdigest()
    assert refused(sent(101, payload={"amount": "1", "papers": [DIGEST, other]})) == {
        ("unknown-file", "papers")
    }
    assert post(with_paper).taken == 1
    actions.forget_file(DIGEST)
    assert post(with_paper).known == 1
    assert refused(sent(102, payload={"amount": "1", "papers": [DIGEST]})) == {("unknown-file", "papers")}
