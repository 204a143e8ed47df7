"""What holds digits without asserting a figure: dates, ordinals, titles, slogans, codes. Nobody's names."""

from __future__ import annotations

import re

MASK = "\ue000"  # stands for what was blanked
TIME = "\ue002"  # stands for dates and years: they are blanked too, but tell the period

_CN = "〇零一二三四五六七八九十"
_YEAR = (
    r"(?:(?<!\d)(?:1[6-9]|2[01])\d\d(?!\d)|(?<!\d)[12](?: \d){3}(?!\d)"
    r"|(?<![〇零一二三四五六七八九十百千万亿点])[一二][〇零一六七八九][〇零一二三四五六七八九]{2}(?![〇零一二三四五六七八九十百千万亿]))"
)
_DAY = rf"(?:(?<!\d)\d{{1,2}}|(?<![{_CN}])[{_CN}]{{1,3}})"
_TO = r" ?(?:[-—–~～至到、和与及]|——) ?"
_DATE = (
    rf"{_YEAR}(?:{_TO}{_YEAR})*(?: ?年(?:代(?!表)|度(?!电)|底|末|初|中期)?|(?={_TO}{TIME}))"
    rf"(?: ?{_DAY} ?月(?:份|底|末)?(?: ?{_DAY} ?[日号])?)?"
    rf"|{_YEAR}(?:{_TO}{_YEAR})+"
    rf"|{_DAY}(?:{_TO}{_DAY})? ?月(?:份|底|末|[上中下]旬)?(?: ?{_DAY}(?:{_TO}{_DAY})? ?[日号])?"
    rf"|{_DAY}(?:{_TO}{_DAY})? ?日(?![均产用元处供发])|{_DAY} ?时(?: ?{_DAY} ?分)?(?=[，,。至到、许开])"
    rf"|(?<![{_CN}])[{_CN}]{{1,4}}年代|(?<!\d)\d0 ?年代"
)
_NAME = (
    rf"(?<![{_CN}])[{_CN}]{{1,4}}届|[二三四五六七八九十]{{1,3}}国集团|[{_CN}]中全会"
    rf"|[{_CN}]{{1,3}}大(?=[以召精报确提闭，。、代是])"
    rf"|(?<![{_CN}百\d.])(?:\d{{1,4}}|[{_CN}百]{{1,6}}) ?(?:周年|个五年|五(?:规划|时期)|五(?=[”计]))"
    rf"|(?<![{_CN}百\d.])(?:\d{{1,3}}|[{_CN}百两]{{1,6}}) ?(?:周)?岁(?: ?[-—~至到] ?(?:\d{{1,3}}"
    rf"|[{_CN}]{{1,4}})周?岁)?(?:及|和)?(?:以[上下内]|的|儿童|老[人年])"
    r"|每(?:户均)?(?:\d[\d,.]{0,12}|[〇零一二两三四五六七八九十百千万亿]{1,12})[百千万亿]{0,2}(?!元|分)"
    r"|[一二三四五六七八九]·[一二三四五六七八九十]{1,3}|\d{1,2}·\d{1,2}"
    r""
)
# Every alternative begins with a character that few texts have, or looks back first: the cost is one pass.
_EXCLUDED = re.compile(
    r"(?=[《“\"‘(（①-⑳\dA-Za-z+每〇零一二三四五六七八九十两百])(?:"
    r"《[^《》]{0,80}》"  # titles of plans and laws
    r"|“[^“”。，；]{1,20}”|\"[^\"。，；]{1,20}\"|‘[^‘’。，]{1,20}’"  # slogans, names
    rf"|[(（]\d{{1,3}}[)）]|[①-⑳]|[(（][{_CN}]{{1,3}}[)）]"  # note marks
    rf"|(?P<time>{_DATE})|{_NAME}"
    r"|(?<![\d+.])\d{1,9}(?: ?\+ ?[\dA-Za-z]{1,9})+|(?<![\d+])\d{1,9}(?=\+)|(?<=\+)\d{1,9}"  # slogans of sums
    r"|(?<![A-Za-z\d])[A-Za-z]{1,12}[-—]?\d[\d.]{0,12}(?:[-—]\d{1,6})?"  # PM2.5, COVID-19
    r"|(?<![\d.])\d{1,9}(?:[A-Za-z](?![A-Za-z²2³3/])|号)(?!文)"  # 5G, house numbers
    r"|(?<!\d)\d{3,4}-\d{7,8}(?!\d)|(?<=[话机线系打拨：:\s])1\d{10}(?!\d)"
    r"|(?<![\d.])\d{1,6}\.\d{1,6}\.\d{1,6}"  # telephones, versions
    r")"
)


def mask(text: str) -> str:
    """The narrowed text, of one length, in which nothing that only looks like a figure is left."""
    return _EXCLUDED.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return (TIME if match["time"] else MASK) * (match.end() - match.start())
