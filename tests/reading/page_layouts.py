"""Pages of invented sites around one report, each with the furniture of its kind. All names are made up."""

from __future__ import annotations

TITLE = "2030年青岚县国民经济和社会发展统计公报"
PARAGRAPHS = (
    "一、综合",
    "初步核算,全年实现地区生产总值120.5亿元,比上年增长5.6%。年末常住人口31.2万人。",
    "二、农业",
    "全年粮食播种面积12.6万亩,粮食总产量4.8万吨。年末生猪存栏3.1万头,新建改建农村公路48公里。",
    "全县累计栽植银杏260株,渡口新购渡船9艘,建成村级综合文化服务中心17个。",
)

_HEAD = f"<title>{TITLE}_统计公报_青岚县人民政府</title>"
_PORTAL = f"""<!DOCTYPE html><html><head><meta charset="utf-8">{_HEAD}
<meta name="SiteName" content="青岚县人民政府"><meta name="ArticleTitle" content="{TITLE}">
<meta name="PubDate" content="2031-03-18 09:30"><meta name="ContentSource" content="青岚县统计局">
<style>.a{{width:88px}}</style><script>var total=9981;</script></head><body>
<div class="header"><div class="logo">青岚县人民政府</div><div class="weather">今日 晴 25℃ 3级</div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li>
<li><a
href="/b">办事大厅</a></li></ul></div> <div class="position">您的位置:<a href="/">首页</a> &gt; <a
href="/tj">统计公报</a></div> <div class="wrap"><div class="left"><h1>{TITLE}</h1>
<div class="info"><span>发布时间:2031-03-18</span><span>来源:青岚县统计局</span><span>浏览次数:4407次</span>
<span>字号:[大 中 小]</span></div>
<div class="TRS_Editor">{{body}}</div>
<div class="share">分享到:<a>微信</a><a>微博</a></div>
<div class="pages">上一篇:<a href="1">2029年统计公报解读12条</a>
 下一篇:<a href="2">2031年一季度经济运行情况</a></div></div>
<div class="right"><h3>热点专题</h3><ul><li><a href="x">我县新增326家企业</a></li>
<li><a href="y">全县15个项目集中开工</a></li>
<li><a href="z">第3届渡口文化节举行</a></li></ul></div></div>
<div class="footer"><p>主办单位:青岚县人民政府 承办:县政府办公室 网站标识码:4500000001</p>
<p>地址:青岚县渡口路18号 邮编:545000 联系电话:0770-2820000 您是第 88231 位访客</p></div></body></html>"""
_OLD_TABLES = f"""<html><head>{_HEAD}</head><body bgcolor=#ffffff><form id="aspnetForm" method="post">
<input type="hidden" name="__VIEWSTATE" value="dDwtMTY3"/>
<table width="1000"><tr><td><img src=top.gif></td></tr><tr><td><a href=1>首页</a> | <a href=2>政务</a> | <a
href=3>服务</a></td></tr></table> <table width="1000"><tr><td width="200" valign="top"><table>
<tr><td><a
href="a">栏目一</a></td></tr>
<tr><td><a href="b">栏目二</a></td></tr></table></td> <td valign="top"><table
width="100%"><tr><td align="center"><b>{TITLE}</b></td></tr>
<tr><td align="center">发布日期:2031-3-18 【字体:大 中 小】
点击数:521</td></tr> <tr><td class="content">{{breaks}}</td></tr>
<tr><td align="right">【关闭窗口】 【打印本页】</td></tr></table></td></tr></table>
<table width="1000"><tr><td align="center">版权所有:青岚县人民政府
桂ICP备05000001号 共有 91 人在线</td></tr></table>
</form></body></html>"""
_PHONE = f"""<!doctype html><html><head><meta name="viewport" content="width=device-width"><meta
property="og:title" content="{TITLE}"> <title>{TITLE} - 青岚发布</title></head><body><nav><a href="#">菜单</a>
<a
href="#">搜索</a></nav> <main><article><header><h1>{TITLE}</h1>
<time>2031年3月18日</time><p>来源:青岚县统计局</p></header>
{{body}}<aside>相关阅读 <a href="1">解读之一:18个数字看变化</a> <a href="2">解读之二</a></aside></article>
<section class="comments"><h2>评论(23)</h2><p>网友甲:渡船开通了真方便,以前要走40分钟。</p></section></main>
<footer><p>本站内容未经许可不得转载。</p></footer></body></html>"""
_MIRROR = f"""<html><head><title>{TITLE} - 报告网</title></head><body>
<div id="menu"><a href="/">报告网</a><a href="/gb">公报</a><a href="/gh">规划</a></div>
<div class="box"><div class="box"><h2 class="tit">{TITLE}</h2><div>{{body}}</div>
<p>本文仅代表作者观点,不代表本站立场。本站已收录7710篇,转载请注明出处,若有侵权请联系本站。</p>
<p>本文地址:/gongbao/4791.html</p></div></div>
<div class="box"><h4>猜你喜欢</h4><p><a href="1">临江县2030年统计公报</a></p>
<p><a href="2">石门镇2030年工作总结</a></p></div>
<div>验证码:<input name="c"> 共有 12 条评论</div></body></html>"""
_BARE = "{body}"


def pages() -> dict[str, str]:
    """Name of the layout → the page's source."""
    body = "".join(f"<p>&emsp;&emsp;{line}</p>" for line in PARAGRAPHS)
    spans = "".join(
        f"<div><span style='font-size:16pt'>{line[:9]}</span><span>{line[9:]}</span></div>"
        for line in PARAGRAPHS
    )
    breaks = "<br>&nbsp;&nbsp;&nbsp;&nbsp;".join(PARAGRAPHS)
    return {
        "portal": _PORTAL.replace("{body}", body),
        "portal of spans": _PORTAL.replace("{body}", spans),
        "old, of tables": _OLD_TABLES.replace("{breaks}", breaks),
        "for telephones": _PHONE.replace("{body}", body),
        "mirror": _MIRROR.replace("{body}", body),
        "bare": f"<p>{TITLE}</p>" + body,
    }
