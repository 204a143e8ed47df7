"""What web pages put around a text: recognised line by line, by words of pages in general, no site's name.

`STRONG` words hardly ever stand in a report; one of them makes a short line furniture. `WEAK` ones do stand
there (卫星导航, 登记注册), so they must fill a good part of the line, or come three together in a long one.
"""

from __future__ import annotations

import re

from taizhang.reading.structure import Range

_STRONG_WORDS = (
    r"验证码|版权所有|转载(?:请|须|自)|未经许可|免责(?:声明|条款)|上一[篇页条]|下一[篇页条]|返回(?:顶部|首页|列表)|[【\[(（]关闭|关闭窗口|打印本[页文]"
    r"|【打印】|扫一扫|(?:分享|转发)到|浏览(?:次数|量)|点击(?:数|量|次数|率)[：:]|阅读(?:次数|量)|访问(?:次数|量)[：:]|字号[：:\s【\[]|字体[：:\s【\[]|ICP备|ICP证|公网安备|网站(?:地图|标识码|首页|声明|支持)"
    r"|(?:您(?:的|当前|现在)?(?:所在)?|当前)位置|本站|仅代表作者|责任编辑|无障碍(?:浏览|阅读|模式|版)|长者(?:版|模式|专区)|设为首页|加入收藏"
    r"|[Cc]opyright|COPYRIGHT|[Aa]ll [Rr]ights|https?://|www\.|公有领域|知识共享署名"
)
_WEAK_WORDS = (
    r"导航|菜单|登录|注册|留言|评论|转载|联系我们|侵权|发布(?:时间|日期|机构)|信息来源|文章来源|来源[：:]|作者[：:]|编辑[：:]|时间[：:]|日期[：:]"
    r"|首页|打印|收藏|分享|主办单位|主办[：:]|承办[：:]|索引号|主题分类|发文(?:机关|日期|字号)|成文日期|政府信息公开|关于我们|友情链接|相关(?:链接|阅读|文章|附件)"
)
# The first look-ahead is for speed: nearly no character of a text begins one of the words.
_FIRST = (
    "[验版转未免上下返【\\[(（关打扫分浏点阅访字I公网您当本仅责无长"
    "设加CAhw导菜登注留评联侵发信文来作编时日首收主承索政友相知成]"
)
CHROME = re.compile(f"(?={_FIRST})(?:(?P<strong>{_STRONG_WORDS})|(?P<weak>{_WEAK_WORDS}))")
_ADDRESS = re.compile(r"^[^。]{0,12}[:：]\s*(?:https?://|/)[\w./?=&%-]+\s*$")
_PAGING = re.compile(
    r"^(?:共\s*\d+\s*页[\s\d]*|第?\s*\d+\s*[/／]\s*\d+\s*页?|[«»‹›<>\s]*(?:\d+\s+){2,}\d+[«»‹›<>\s]*)$"
)
_NUMBERED = re.compile(
    r"^[\s\u3000]*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、]|第[一二三四五六七八九十]+[部章节])"
)
_BARE = re.compile(r"/|^[^\u4e00-\u9fff]+$|页")  # what an address or a row of page numbers has, without words
_SHORT = 40
_LINE = re.compile(r"[^\r\n]+")


def is_furniture(line: str) -> bool:
    """Whether a line belongs to a page, not to its text."""
    return _is_furniture(line.strip(), list(CHROME.finditer(line)))


def _is_furniture(line: str, words: list[re.Match[str]]) -> bool:
    if _ADDRESS.match(line) or (len(line) <= _SHORT and _PAGING.match(line)):
        return True
    if not words or _NUMBERED.match(line):
        return False
    different = {word.group().lower() for word in words}
    strong = {word.group().lower() for word in words if word.lastgroup == "strong"}
    if len(strong) >= 2 or (strong and len(different) >= 3):
        return True
    if len(line) > _SHORT or "。" in line[:-1]:
        return False
    filled = sum(len(word.group()) for word in words)
    return bool(strong) or filled * 3 >= len(re.sub(r"[\s\d:：|/.\-]", "", line)) or len(different) >= 3


def furniture_of(text: str) -> tuple[Range, ...]:
    """The ranges of lines that belong to the page, not to the text."""
    found = []
    words = CHROME.finditer(text)
    word = next(words, None)
    for line in _LINE.finditer(text):
        inside = []
        while word is not None and word.start() < line.end():
            inside.append(word)
            word = next(words, None)
        said = line.group()
        if (inside or _BARE.search(said)) and _is_furniture(said.strip(), inside):
            found.append(line.span())
    return tuple(found)
