"""The pieces every page is made of: what they show, in both languages, by the rules of the look."""

from __future__ import annotations

import gzip
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Context, Template, TemplateSyntaxError, engines
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils.translation import override

from shangliang import web
from shangliang.web.templatetags import pieces

TODAY = date(2026, 11, 24)
STATIC = Path(web.__path__[0]) / "static"
TEMPLATES = Path(web.__path__[0]) / "templates"


def _page(request: object) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path(f"{name}/", _page, name=name) for name in ("large", "language", "privacy", "check", "leave")
]


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


WEEK = {
    "short": both("规程：提前一周通知", "Rule: a week's notice"),
    "text": both(
        "召开协商议事会，应当提前一周将时间、地点和议题通知参会人员。",
        "Those who attend are told time, place and topics a week before the council meets.",
    ),
    "cite": both("协商议事规程第九条", "Rules of consultation, article 9"),
    "origin": "local",
}
VISIT = {
    "short": both("规程：先沟通，后协商", "Rule: talk first, then consult"),
    "text": both("先上门沟通、达成共识后再提交协商。", "Visit both sides first; consult once they agree to."),
    "cite": both("协商议事规程第七条", "Rules of consultation, article 7"),
    "origin": "default",
}


class Question(forms.Form):
    """One field of every kind."""

    words = forms.CharField(widget=forms.Textarea)
    place = forms.CharField(required=False)
    met_on = forms.DateField()
    kind = forms.ChoiceField(widget=forms.RadioSelect)
    agreed = forms.ChoiceField(widget=forms.RadioSelect)
    unit = forms.ChoiceField()
    absent = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    paper = forms.FileField(required=False)
    told = forms.BooleanField()
    mark = forms.CharField(widget=forms.HiddenInput, required=False)


def question(chinese: bool, data: dict[str, Any] | None = None) -> Question:
    form = Question(data, initial={"met_on": TODAY, "kind": "road"})
    say = (lambda zh, en: zh) if chinese else (lambda zh, en: en)
    labels = {
        "words": say("您想说什么事？", "What is it about?"),
        "place": say("在什么地方", "Where"),
        "met_on": say("哪天开的会", "When did you meet?"),
        "kind": say("这是哪一类事", "What kind of matter is it?"),
        "agreed": say("谈成了吗", "Did they agree?"),
        "unit": say("请哪个部门", "Which department is invited?"),
        "absent": say("谁没有来", "Who was absent?"),
        "paper": say("签到表照片", "Photo of the sign-in sheet"),
        "told": say("已经念给老人听过", "Read out to the person"),
    }
    for name, label in labels.items():
        form.fields[name].label = label
    form.fields["words"].help_text = say(
        "只写事情就行，姓名电话可以不留。请不要写身份证号。",
        "Just the matter; no name or phone is needed. Please write no identity number.",
    )
    form.fields["told"].help_text = say("她说的是这个意思吗？", "Is this what she means?")
    choices: Any = form.fields
    choices["kind"].choices = [
        ("road", say("大家都受益的事\n比如修路、装灯、清沟", "It serves everybody\nA road, a lamp, a drain")),
        (
            "two",
            say(
                "两家之间的事\n可以找村调解委员会",
                "It is between two households\nThe mediation committee can help",
            ),
        ),
    ]
    choices["agreed"].choices = [("y", say("谈成了", "Yes")), ("n", say("没谈成", "No"))]
    choices["unit"].choices = [("w", say("水利站", "Water station")), ("r", say("交通办", "Roads office"))]
    choices["absent"].choices = [
        ("1", say("村民代表 3 组", "Delegate, group 3")),
        ("2", say("老党员代表", "Senior member")),
    ]
    return form


def sample(chinese: bool = True) -> dict[str, Any]:
    """What the gallery shows: one matter of an invented village."""
    names = [
        (both("提出", "Raised"), "done"),
        (both("甄别", "Sifted"), "done"),
        (both("研究", "Studied"), "done"),
        (both("上门沟通", "Home visits"), "done"),
        (both("会前准备", "Preparation"), "now"),
        (both("协商", "Consultation"), "ahead"),
        (both("公示", "Publication"), "ahead"),
        (both("落实", "Carrying out"), "ahead"),
        (both("办结归档", "Closing"), "ahead"),
    ]
    desk = [
        both("今天", "Today"),
        both("事项", "Matters"),
        both("会议", "Meetings"),
        both("公开栏", "Notice board"),
    ]
    bars = [
        ("柳湾村", "Liuwan", 3, 4),
        ("石桥村", "Shiqiao", 4, 4),
        ("东岭社区", "Dongling", 1, 4),
        ("上河村", "Shanghe", 0, 4),
    ]
    rows = [
        (both("柳湾村", "Liuwan"), 12, date(2026, 11, 20), "ok", both("按期", "On time")),
        (both("石桥村", "Shiqiao"), 8, date(2026, 11, 3), "wait", both("快到期", "Due soon")),
        (both("东岭社区", "Dongling"), 0, None, "stop", both("该开未开", "Overdue")),
    ]
    return {
        "brand": both("有事好商量", "Let's Talk It Over"),
        "place": both("青石镇柳湾村", "Liuwan Village, Qingshi"),
        "place_url": "/",
        "back_url": "/",
        "back_label": both("返回事项", "Back to matters"),
        "nav": [("/x", label, n == 1) for n, label in enumerate(desk)],
        "who": {
            "name": both("王芳", "Wang Fang")["zh" if chinese else "en"],
            "post": both("村党组织书记", "Party secretary"),
        },
        "heading": both("村东头三口灌溉井的电费怎么分摊", "How to share the power bill of three wells"),
        "lede": both(
            "11月3日由村民提出，正在准备协商会。",
            "Raised by a resident on 3 November; a meeting is being prepared.",
        ),
        "stages": [{"name": n, "state": s, "href": "/x" if s == "done" else ""} for n, s in names],
        "clock": both("12月1日前开会，还剩 7 天。", "To be held by 1 December, 7 days left."),
        "next": {
            "title": both("把议题和通知发给大家", "Send the notice"),
            "sentence": both(
                "名单已按规程排好，请看一眼再发。", "The list is made by the rule; please look it over."
            ),
            "url": "/x",
            "label": both("生成通知", "Make the notice"),
            "minor": [
                {"url": "/x", "label": both("交给经办人", "Hand to the clerk")},
                {"url": "/x", "label": both("存草稿", "Keep a draft")},
            ],
        },
        "findings": [
            {
                "say": both("还不能开会：通知发出才 2 天", "No meeting yet: notice went out 2 days ago"),
                "satisfy": both("11月29日起可以开。", "From 29 November it can be held."),
                "clause": WEEK,
            },
            {
                "say": both("还差一方没有上门谈", "One side has not been visited"),
                "satisfy": both(
                    "记下上门日期和结果，就能接着办。", "Note the day and the result, then go on."
                ),
                "clause": VISIT,
            },
        ],
        "facts": [
            (both("编号", "Number"), "3F7K29"),
            (both("提出日期", "Raised on"), date(2026, 11, 3)),
            (both("召集人", "Convener"), both("村党组织书记", "Party secretary")),
            {"label": both("协商结果", "Outcome"), "value": both("达成共识", "Consensus"), "state": "ok"},
            {
                "label": both("规程", "Procedure"),
                "value": both("村级协商议事规程", "Village rules"),
                "url": "/x",
            },
            (both("空着的", "Left empty"), ""),
        ],
        "lines": [
            {
                "happened": date(2026, 11, 20),
                "entered": date(2026, 11, 22),
                "who": both("村党组织书记", "Party secretary"),
                "say": both(
                    "上门沟通了东头十一户，都愿意坐下来谈。",
                    "visited eleven households; all are willing to talk.",
                ),
                "digest": "sha256:3f7a91c25d0e4b8877aa10c2fe93d1b04c5566778899aabbccddeeff00112233",
            },
            {
                "happened": date(2026, 11, 12),
                "entered": date(2026, 11, 12),
                "who": both("村党支部", "Party branch"),
                "say": both("研究后同意列为议题。", "studied it and put it on the list."),
                "digest": "sha256:91c25d0e4b8877aa10c2fe93d1b04c5566778899aabbccddeeff001122333f7a",
            },
            {
                "happened": date(2026, 11, 3),
                "who": both("居民", "A resident"),
                "say": both("提出意见。", "raised it."),
            },
        ],
        "columns": [
            both("村", "Village"),
            {"label": both("协商（场）", "Meetings"), "num": True},
            both("最近一次", "Latest"),
            both("情况", "State"),
        ],
        "rows": [[v, n, d, {"text": w, "state": s}] for v, n, d, s, w in rows],
        "page": Paginator(range(95), 20).page(2),
        "bars": [{"label": both(zh, en), "value": v, "of": o, "url": "/x"} for zh, en, v, o in bars],
        "chart": {
            "title": both("第四季度会议", "Meetings, fourth quarter"),
            "unit": both("场", "meetings"),
            "of": both("应开", "due"),
        },
        "items": [
            {
                "title": both("三口灌溉井的电费怎么分摊", "Sharing the power bill of three wells"),
                "url": "/x",
                "sub": date(2026, 11, 20),
                "state": "wait",
                "word": both("公示中", "On show"),
            },
            {
                "title": both("村口路灯装在哪里", "Where the lamps go"),
                "url": "/x",
                "sub": date(2026, 10, 9),
                "state": "ok",
                "word": both("已办结", "Done"),
            },
        ],
        "empty_sentence": both(
            "现在没有要您办的事。下次会最迟1月10日前开。没有议题就如实登记，不用凑次数。",
            "Nothing waits for you. The next meeting is due by 10 January. No topics? Just say so.",
        ),
        "empty_label": both("登记没有议题", "Register: no topics"),
        "notice_title": both("公示到12月7日满15日", "On show until 7 December, 15 days"),
        "notice_sentence": both(
            "活可以先干，办结要等期满。", "Work may begin; closing waits for the period."
        ),
        "refused": {
            "title": both("这件事议事会不议", "The council does not take this up"),
            "why": both(
                "这是两家之间的事（四不议：个体矛盾）。", "It is between two households (a private dispute)."
            ),
            "clause": VISIT,
            "then": both(
                "可以找村调解委员会；您同意的话，我们替您转过去，凭编号能查到转给了谁。",
                "The mediation committee can help. If you agree we pass it on; your number tells to whom.",
            ),
            "label": both("同意转过去", "Yes, pass it on"),
        },
        "done": {
            "title": both("收到了", "We have it"),
            "sentence": both("请记下编号，或者保存回执。", "Please keep this number, or the receipt."),
            "then": both(
                "召集人先看能不能列为议题，再答复您。",
                "The convener sees whether it becomes a topic and answers you.",
            ),
            "who": both("村党组织书记", "Party secretary"),
            "by": date(2026, 12, 1),
            "label": both("保存回执", "Keep the receipt"),
        },
        "plain_clause": both("系统默认：名单由召集人定", "Default: the convener sets the list")[
            "zh" if chinese else "en"
        ],
        "words": {
            "ok": both("已办结", "Done"),
            "wait": both("公示中", "On show"),
            "stop": both("该开未开", "Overdue"),
        },
        "day_one": date(2026, 11, 29),
        "today": TODAY,
        "form": question(
            chinese,
            {"words": "", "place": "", "kind": "road", "agreed": "y", "unit": "w", "met_on": "2026-11-20"},
        ),
        "form_label": both("下一步", "Go on"),
        "titles": {
            "facts": both("基本情况", "Facts"),
            "record": both("经过", "What happened"),
            "table": both("各村会议", "Meetings by village"),
            "chart": both("应开和已开", "Due and held"),
            "list": both("公开栏", "Notice board"),
            "form": both("说事情", "Tell us"),
        },
    }


PAPER = (
    """{% extends "base_paper.html" %}{% load pieces %}{% block paper %}<p>{{ body|say }}</p>{% endblock %}"""
)


def paper(chinese: bool = True) -> dict[str, Any]:
    """What the paper test shows: the public notice of the same matter."""
    return {
        **{
            k: v
            for k, v in sample(chinese).items()
            if k in ("brand", "place", "place_url", "back_url", "back_label")
        },
        "issuer": both("青石镇柳湾村协商议事会", "Consultative Council of Liuwan Village"),
        "ref": both("柳协公〔2026〕3号", "Notice 3 of 2026")["zh" if chinese else "en"],
        "paper_title": both("关于灌溉井电费分摊办法的公示", "Notice: sharing the power bill of the wells"),
        "body": both(
            "经2026年11月29日协商议事会协商，就村东头三口灌溉井的电费分摊达成共识：按浇地亩数分摊，每年秋收后结算一次，"
            "由各组推选的两名代表共同抄表。现予公示，公示期十五日。有不同意见的，请在公示期内向村民委员会提出。",
            "On 29 November 2026 the council agreed to share the power bill of the three wells by "
            "watered area, settled once a year after the harvest; two delegates read the meters. This "
            "notice is on show for fifteen days.",
        ),
        "signed_by": both("柳湾村村民委员会", "Villagers' Committee of Liuwan"),
        "signed_on": date(2026, 11, 30),
        "digest": "sha256:3f7a91c25d0e4b8877aa10c2fe93d1b04c5566778899aabbccddeeff00112233",
    }


def render(language: str, **more: Any) -> str:
    with override(language):
        return render_to_string("pieces/gallery.html", {**sample(language == "zh-hans"), **more}, _request())


def _request(address: str = "/matters?of=2026&page=2") -> Any:
    return RequestFactory().get(address)


def show(source: str, **context: Any) -> str:
    return Template("{% load pieces %}" + source).render(Context(context))


class Reader(HTMLParser):
    """Balances tags and collects ids, links and attributes."""

    VOID = frozenset({"meta", "link", "br", "input", "img", "rect", "path", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(autouse=True)
def _addresses() -> Any:
    with override_settings(ROOT_URLCONF=__name__), override("zh-hans"):
        yield


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_gallery_is_sound_html_without_script_or_inline_style(language: str) -> None:
    reader = Reader(render(language))
    ids = [a["id"] for _, a in reader.seen if "id" in a]
    assert len(ids) == len(set(ids))
    for tag, attrs in reader.seen:
        assert tag not in ("script", "style")
        assert not [a for a in attrs if a == "style" or a.startswith("on")]
    for pointed in [a["href"] for t, a in reader.seen if t == "a" and str(a.get("href")).startswith("#")]:
        assert str(pointed)[1:] in ids
    for wanted in [str(a[k]) for _, a in reader.seen for k in ("for", "aria-describedby") if a.get(k)]:
        assert set(wanted.split()) <= set(ids)


def test_every_piece_stands_in_the_gallery() -> None:
    gallery = (TEMPLATES / "pieces" / "gallery.html").read_text(encoding="utf-8")
    inside = "".join(p.read_text(encoding="utf-8") for p in (TEMPLATES / "pieces").glob("*.html"))
    for name in pieces.register.tags:
        assert re.search(rf"{{% {name}\b", gallery + inside)


def test_english_readers_see_no_chinese() -> None:
    html = re.sub(r'<button [^>]*lang="zh-Hans">.*?</button>', "", render("en"))
    assert not re.search(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]", html)


def test_the_page_says_its_language_and_whether_the_text_is_large() -> None:
    assert '<html lang="zh-Hans" class="desk">' in render("zh-hans")
    assert '<html lang="en" class="desk large">' in render("en", large=True)
    assert 'name="next" value="/matters?of=2026&amp;page=2"' in render("en", large=True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_paper_has_issuer_title_signature_and_digest(language: str) -> None:
    with override(language):
        html = engines["django"].from_string(PAPER).render(paper(language == "zh-hans"), _request())
    Reader(html)
    for piece in ('class="issuer"', 'class="sign"', 'class="proof"', "sha256:3f7a91c2"):
        assert piece in html


def test_dates_are_written_out_and_deadlines_say_what_is_left() -> None:
    assert show("{{ d|day }}", d=date(2026, 11, 22)) == "2026年11月22日"
    assert show("{{ d|day_left:t }}", d=date(2026, 11, 29), t=TODAY) == "11月29日前，还剩 5 天"
    assert show("{{ d|day_left:t }}", d=TODAY, t=TODAY) == "11月24日前，今天是最后一天"
    assert show("{{ d|day_left:t }}", d=date(2026, 11, 20), t=TODAY) == "11月20日到期，已过 4 天"
    assert show("{{ d|day_left:t }}", d=date(2027, 1, 1), t=TODAY) == "2027年1月1日前，还剩 38 天"
    assert show("{{ d|day }}{{ none|day }}", d="2026-11-22", none=None) == "2026年11月22日"
    with override("en"):
        assert show("{{ d|day }}", d=date(2026, 11, 22)) == "22 November 2026"
        assert show("{{ d|day_left:t }}", d=date(2026, 11, 25), t=TODAY) == "by 25 November, 1 day left"


def test_a_text_in_both_languages_follows_the_reader() -> None:
    text = both("公示", "Publication")
    assert show("{{ t|say }}", t=text) == "公示"
    with override("en"):
        assert show("{{ t|say }}", t=text) == "Publication"
    assert show("{{ t|say }}{{ none|say }}", t="<b>", none=None) == "&lt;b&gt;"


def test_a_digest_is_cut_for_reading_aloud() -> None:
    assert show("{{ d|hexshort }}", d="sha256:3f7a91c25d") == "3f7a 91c2"
    assert show("{{ d|hexshort }}", d="") == ""


def test_the_step_bar_names_the_present_stage_and_its_place() -> None:
    html = show("{% step_bar stages %}", stages=sample()["stages"])
    assert html.count('aria-current="step"') == 1
    assert "现在：会前准备" in html
    assert "第5步，共9步" in html


def test_an_entry_made_on_a_later_day_shows_both_dates() -> None:
    late, same = sample()["lines"][:2]
    assert "2026年11月22日录入" in show("{% record_line l %}", l=late)
    assert "录入" not in show("{% record_line l %}", l=same)


def test_an_unknown_state_is_a_mistake_of_the_page() -> None:
    with pytest.raises(TemplateSyntaxError):
        show("{% state_word 'red' 'x' %}")


def test_what_people_write_is_escaped_in_every_piece() -> None:
    bad = "<img src=x>"
    html = show(
        "{% notice 'ok' t t %}{% refusal t why=t clause=t then=t url=t label=t %}{% empty t url=t label=t %}"
        "{% success t number=t then=t who=t by=t %}{% facts_list f %}{% table_cards c r caption=t %}"
        "{% bar_chart b title=t unit=t of=t %}"
        "{% big_button t %}{% not_yet n %}{% record_line n.0 %}{% link_rows n %}{% step_bar n clock=t %}",
        t=bad,
        f=[(bad, bad)],
        c=[bad],
        r=[[bad]],
        b=[(bad, 1)],
        n=[
            dict.fromkeys(("say", "satisfy", "clause", "who", "digest", "title", "name"), bad) | {"state": ""}
        ],
    )
    assert "<img" not in html
    assert "&lt;img" in html


def test_a_wrong_field_is_named_at_the_top_and_at_its_place() -> None:
    form = question(True, {"kind": "road", "agreed": "y", "unit": "w", "met_on": "2026-11-20", "told": "on"})
    top, field = show("{% form_errors f %}", f=form), show("{% form_field f %}", f=form["words"])
    assert '<a href="#id_words">您想说什么事？</a>' in top
    assert 'id="id_words_error"' in field
    assert 'aria-describedby="id_words_helptext id_words_error"' in field


def test_a_sound_form_has_no_summary() -> None:
    assert show("{% form_errors f %}", f=question(True)).strip() == ""


def test_dates_use_the_browsers_picker_in_its_own_format() -> None:
    html = show("{% form_field f %}", f=question(True)["met_on"])
    assert 'type="date"' in html
    assert 'value="2026-11-24"' in html


def test_two_short_choices_stand_side_by_side_and_long_ones_below_each_other() -> None:
    assert 'class="two"' in show("{% form_field f %}", f=question(True)["agreed"])
    assert 'class="two"' not in show("{% form_field f %}", f=question(True)["kind"])


def test_the_pager_keeps_the_rest_of_the_address() -> None:
    html = Template("{% load pieces %}{% pager p %}").render(
        Context({"p": Paginator(range(95), 20).page(2), "request": _request()})
    )
    assert 'href="?of=2026&amp;page=1"' in html
    assert 'href="?of=2026&amp;page=3"' in html
    assert "第2页，共5页" in html
    assert show("{% pager p %}", p=Paginator(range(3), 20).page(1)).strip() == ""


def test_bars_carry_their_numbers_and_an_empty_chart_draws() -> None:
    html = show("{% bar_chart b %}", b=[("甲", 2), {"label": "乙", "value": 1, "of": 4}])
    assert 'width="50.0%"' in html
    assert 'width="25.0%"' in html
    assert "1 / 4" in html
    assert "<table" in show("{% bar_chart b %}", b=[])


def test_the_stylesheet_is_light_and_old_browsers_read_it() -> None:
    css = (STATIC / "shangliang.css").read_bytes()
    assert len(css) < 36_000
    assert len(gzip.compress(css)) < 9_000  # it travels packed
    text = re.sub(r"/\*.*?\*/", "", css.decode(), flags=re.S)
    for new in (
        ":has(",
        ":is(",
        ":where(",
        "@container",
        "@layer",
        "clamp(",
        " inset:",
        "&",
        "url(",
        "@import",
    ):
        assert new not in text
    assert not re.search(r"(?<!grid-)\bgap:", text)


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))


def _light(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    a, b = sorted((_light(one), _light(other)), reverse=True)
    return (a + 0.05) / (b + 0.05)


def test_every_text_colour_stands_out_from_paper_and_ground() -> None:
    css = (STATIC / "shangliang.css").read_text(encoding="utf-8")
    plain = _tokens(css[css.index(":root") : css.index("}", css.index(":root"))])
    large = plain | _tokens(css[css.index("html.large {") : css.index("}", css.index("html.large {"))])
    for tokens, least in ((plain, 4.5), (large, 7.0)):
        for name in ("ink", "soft", "red", "link", "ok", "wait", "stop"):
            assert min(_contrast(tokens[name], tokens[g]) for g in ("paper", "ground")) >= least, name


ELEMENTS = (
    "html body main header footer nav section article h1 h2 h3 p ul ol li dl dt dd figure fieldset legend form label input select"
    " textarea button summary details a b i small span div blockquote table thead tbody tr th td caption svg img text"
)


def test_the_stylesheet_speaks_of_elements_that_exist() -> None:
    """A slip of the pen in a selector fails here instead of pulling a table apart."""
    css = re.sub(r"/\*.*?\*/", "", (STATIC / "shangliang.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    css = re.sub(r"@(page|media)[^{]*", "", css)
    for selector in re.findall(r"([^{}]+){", re.sub(r"@[a-z-]+ {[^}]*}", "", css)):
        plain = re.sub(r"\[[^]]*\]|::?[a-z-]+(\([^)]*\))?|[.#][A-Za-z][\w-]*", " ", selector)
        for name in re.findall(r"[a-z]\w*", plain):
            assert name in ELEMENTS.split(), f"{name} in {selector.strip()}"


def test_the_parts_of_a_line_are_told_apart_by_drawn_dots_and_stay_words() -> None:
    parted = 'KWA8GM<i class="dot"> </i>&lt;b&gt;沙洲村<i class="dot"> </i>2026年11月15日接收'
    assert show("{{ line|dotted }}", line="KWA8GM · <b>沙洲村 · 2026年11月15日接收") == parted
    assert (
        show("{{ line|dotted }}", line="一 ·  · 三  · 四") == '一<i class="dot"> </i>三<i class="dot"> </i>四'
    )
    assert show("{{ a }}{% dot %}{{ b }}", a="一", b="二") == '一<i class="dot"> </i>二'
