"""The first pages over the small demonstration, by a visitor, an officer and a real browser."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.demonstration.conftest import Ran, taizhang
from tests.demonstration.pages import Page, Visitor


@pytest.fixture(scope="module")
def root(built: Ran, home: Path) -> Iterator[str]:
    """The address of the pages, served by the real command."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("taizhang")), "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, env=os.environ | {"TAIZHANG_HOME": str(home)}, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def test_a_port_that_is_taken_is_named(root: str, home: Path) -> None:
    port = root.rpartition(":")[2]
    outcome = taizhang(home, "serve", "--port", port)
    assert outcome.code == 2
    assert "port-taken" in outcome.err
    assert port in outcome.err
    assert "http://" not in outcome.out
    assert taizhang(home, "serve", "--port", "99999").code == 2


def sound(page: Page) -> Page:
    assert page.status == 200, page.html[:500]
    assert page.faults == []
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    return page


CLAIM = "/reports/annual-2022.zh/claims/{}/"
CLOSING_RATE = CLAIM.format(22)


def records_of(page: Page) -> str:
    return next(link for link in page.links if "/records/?" in link)


@pytest.fixture(scope="module")
def checker(root: str, built: Ran) -> Visitor:
    """The officer whose password `taizhang demo` prints, signed in."""
    words = re.search(r"登录 / sign in: (\S+)\s+口令 / password: (\S+)", built.out)
    assert words is not None, built.out
    return signed_in(root, words[1], words[2])


@pytest.fixture(scope="module")
def housing(root: str, home: Path) -> Visitor:
    """An officer of the housing bureau only."""
    code = (
        "from taizhang.server import start; start(); "
        "from taizhang.ledger import actions; actions.set_password('demo.housing', 'a-long-enough-one')"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, env=os.environ | {"TAIZHANG_HOME": str(home)}, timeout=60
    )
    return signed_in(root, "demo.housing", "a-long-enough-one")


def signed_in(root: str, officer: str, password: str) -> Visitor:
    visitor = Visitor(root)
    visitor.get("/sign-in/")
    assert visitor.post("/sign-in/", username=officer, password="wrong").html.count("不对") == 1
    assert officer in visitor.post("/sign-in/", username=officer, password=password).html
    return visitor


def test_a_visitor_goes_from_the_report_to_each_figure(root: str) -> None:
    visitor = Visitor(root)
    front = sound(visitor.get("/"))
    report = sound(visitor.get(next(link for link in front.links if link.startswith("/reports/"))))
    assert "相符" in report.html
    claims = dict.fromkeys(link for link in report.links if "/claims/" in link)
    assert len(claims) == 43
    for link in claims:
        page = sound(visitor.get(link))
        assert "合成" in page.html
        assert "<mark>" in page.html
        assert "SELECT" in page.html
        assert page.html.count('class="filled"') == 12
        assert "登录后看" in page.html
        assert not any(link.startswith(("/records/", "/figures/", "/entries/")) for link in page.links)


def test_an_officer_goes_on_to_records_entries_and_proof(root: str, checker: Visitor) -> None:
    claim = sound(checker.get(CLOSING_RATE))
    first = sound(checker.get(records_of(claim)))
    total = int(re.search(r"共 (\d+) 条", first.html)[1])
    assert total > 1000
    records = [link for link in first.links if link.startswith("/records/")]
    assert len(records) == 25
    second = sound(checker.get(records_of(claim) + "&page=2"))
    others = [link for link in second.links if link.startswith("/records/")]
    assert len(others) == 25
    assert not set(others) & set(records)
    last = sound(checker.get(records_of(claim) + f"&page={-(-total // 25)}"))
    assert len([link for link in last.links if link.startswith("/records/")]) == total % 25 or 25
    assert checker.get(records_of(claim) + f"&page={total}").status == 404
    page = sound(checker.get(records[0]))
    for word in ("结案", "问题类别", "demo.supervision", "网格", "按期处置率"):
        assert word in page.html
    entry = sound(checker.get(next(link for link in page.links if link.startswith("/entries/"))))
    assert "一致" in entry.html
    assert "成立" in entry.html
    assert "不成立" not in entry.html
    figure = next(link for link in page.links if link.startswith("/figures/"))
    assert "数字从哪里来" in sound(checker.get(figure)).html


def test_a_rank_shows_the_peers_with_their_documents(root: str) -> None:
    page = sound(Visitor(root).get(CLAIM.format(23)))
    rows = re.findall(r'<th scope="row">([^<\d]+)</th><td class="number">([\d.]+)', page.html)
    assert next(peer for peer, _ in rows) == "柳北区"
    assert {peer for peer, _ in rows} == {"城中区", "鱼峰区", "柳南区", "柳北区", "柳江区"}
    values = [float(value) for _, value in rows]
    assert values == sorted(values, reverse=True)
    assert "考核通报(合成)" in page.html


def test_a_record_leads_to_the_one_that_it_refers_to(checker: Visitor) -> None:
    listed = sound(checker.get(records_of(checker.get(CLAIM.format(28)))))
    finding = sound(checker.get(next(link for link in listed.links if link.startswith("/records/"))))
    duty = sound(checker.get(next(link for link in finding.links if link.startswith("/records/"))))
    assert "河长" in duty.html
    assert "巡查" in duty.html


def test_a_late_entry_shows_that_it_is_late_and_why(checker: Visitor, home: Path) -> None:
    query = (
        "SELECT record FROM ledger_entry "
        "WHERE instr(CAST(canonical AS TEXT), '\"late\":true') AND instr(CAST(canonical AS TEXT), '月末漏录')"
    )
    with sqlite3.connect(home / "ledger.sqlite3") as ledger:
        record = ledger.execute(query).fetchone()[0]
    page = sound(checker.get(f"/records/{record}/"))
    assert "补录" in page.html
    assert "月末漏录,次月补录" in page.html


def test_no_page_shows_who_was_vaccinated(checker: Visitor) -> None:
    listed = sound(checker.get(records_of(checker.get(CLAIM.format(29)))))
    record = sound(checker.get(next(link for link in listed.links if link.startswith("/records/"))))
    entry = sound(checker.get(next(link for link in record.links if link.startswith("/entries/"))))
    for page in (listed, record, entry):
        assert "居民0" not in page.html
        assert "990205" not in page.html


def test_records_are_for_officers(root: str, checker: Visitor) -> None:
    visitor = Visitor(root)
    listed = records_of(checker.get(CLOSING_RATE))
    record = next(link for link in checker.get(listed).links if link.startswith("/records/"))
    entry = next(link for link in checker.get(record).links if link.startswith("/entries/"))
    for path in (listed, record, entry, "/figures/city-cases.cases/?period=2022"):
        page = sound(visitor.get(path))
        assert 'name="password"' in page.html
        assert "案卷" not in page.html


def test_an_officer_sees_only_the_own_programmes_records(checker: Visitor, housing: Visitor) -> None:
    listed = records_of(checker.get(CLOSING_RATE))
    record = next(link for link in checker.get(listed).links if link.startswith("/records/"))
    entry = next(link for link in checker.get(record).links if link.startswith("/entries/"))
    for path in (listed, record, entry, "/figures/city-cases.cases/?period=2022"):
        assert housing.get(path).status == 403, path
    assert "你的角色不能看" in sound(housing.get(CLOSING_RATE)).html
    own = sound(housing.get(records_of(sound(housing.get(CLAIM.format(21))))))
    assert "老旧小区改造" in own.html


@pytest.mark.parametrize(
    "path",
    [
        "/reports/no-such/",
        "/reports/annual-2022.zh/claims/999/",
        "/figures/no.such/",
        "/figures/city-cases.cases/?as_of=x",
        "/figures/city-cases.cases/?as_of=99999999999999999999",
        "/figures/city-cases.cases/?period=2022-13",
        "/figures/city-cases.cases/?area=999",
        "/figures/city-cases.cases/records/?period=2022&of=neither",
        "/figures/city-cases.cases/records/?period=2022&page=0",
        "/figures/city-cases.cases/records/?period=2022&page=-1",
        "/records/no-such/",
        "/entries/no-such/",
        "/records/../../etc/passwd",
    ],
)
def test_what_is_not_there_is_not_found(checker: Visitor, path: str) -> None:
    page = checker.get(path)
    assert page.status == 404
    assert page.faults == []


def test_the_pages_in_a_real_browser(root: str, tmp_path: Path, run: Callable[..., Ran]) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    words = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
    words += ["--disable-background-networking"]
    words += [
        "--disable-sync",
        "--disable-component-update",
        "--disable-quic",
        f"--user-data-dir={tmp_path}/profile",
    ]
    picture = tmp_path / "report.png"
    address = f"{root}/reports/annual-2022.zh/"
    common = [chromium, *words, "--window-size=1280,1400"]
    subprocess.run([*common, f"--screenshot={picture}", address], check=True, timeout=90, capture_output=True)
    assert picture.stat().st_size > 20_000
    seen = subprocess.run(
        [*common, "--dump-dom", address], check=True, timeout=90, capture_output=True, text=True
    )
    assert "科技型中小企业" in seen.stdout
