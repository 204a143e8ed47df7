"""The first pages over the small demonstration, by a visitor, an officer and a real browser."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.demonstration.conftest import Ran
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


def sound(page: Page) -> Page:
    assert page.status == 200, page.html[:500]
    assert page.faults == []
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    return page


def test_a_visitor_goes_from_the_report_to_a_figure_and_its_records(root: str) -> None:
    visitor = Visitor(root)
    front = sound(visitor.get("/"))
    assert "合成" in front.html
    report = sound(visitor.get(next(link for link in front.links if link.startswith("/reports/"))))
    assert "相符" in report.html
    claims = [link for link in report.links if "/claims/" in link]
    assert len(claims) >= 12
    for link in claims[:3]:
        page = sound(visitor.get(link))
        assert "<mark>" in page.html
        assert "SELECT" in page.html
        assert any(link.startswith("/records/") for link in page.links)


def test_records_are_for_officers(root: str) -> None:
    visitor = Visitor(root)
    claim = visitor.get("/reports/annual-2022.zh/claims/1/")
    record = next(link for link in claim.links if link.startswith("/records/"))
    page = sound(visitor.get(record))
    assert 'name="password"' in page.html
    assert "条目" not in page.html


def test_an_officer_sees_the_entries(root: str, built: Ran) -> None:
    words = re.search(r"登录 / sign in: (\S+)\s+口令 / password: (\S+)", built.out)
    assert words is not None, built.out
    officer = Visitor(root)
    claim = officer.get("/reports/annual-2022.zh/claims/1/")
    record = next(link for link in claim.links if link.startswith("/records/"))
    officer.get("/sign-in/")
    assert officer.post("/sign-in/", username=words[1], password="wrong").html.count("不对") == 1
    officer.post("/sign-in/", username=words[1], password=words[2])
    page = sound(officer.get(record))
    assert "条目" in page.html
    assert "enterprise-ladder" in page.html


@pytest.mark.parametrize(
    "path",
    [
        "/reports/no-such/",
        "/reports/annual-2022.zh/claims/999/",
        "/figures/no.such/",
        "/figures/city-cases.cases/?as_of=x",
        "/figures/city-cases.cases/?period=2022-13",
        "/records/../../etc/passwd",
    ],
)
def test_what_is_not_there_is_not_found(root: str, path: str) -> None:
    assert Visitor(root).get(path).status == 404


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
