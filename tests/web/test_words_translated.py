"""Every text of every screen has its Chinese, and no screen keeps Chinese from readers of English."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import polib
import pytest

from shangliang.web import words
from shangliang.web.words import NotLiteral, Word, words_of_python, words_of_template

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
EMPTY_PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def chinese_left(template: str) -> list[str]:
    """Chinese of a template that stands in no comment and in no element marked with its language."""
    text = re.sub(r"\{% comment .*?%\}.*?\{% endcomment %\}|\{#.*?#\}|<!--.*?-->", "", template, flags=re.S)
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.S)
    text = re.sub(r"<(\w+)[^>]*\blang=\"zh[^>]*>.*?</\1>", "", text, flags=re.S)
    return CHINESE.findall(text)


def test_every_text_has_its_chinese() -> None:
    lacking = [f"{places[0]}: {word.text!r}" for word, places in words.missing().items()]
    assert not lacking, "\n".join(["write with python -m shangliang.web.words add", *lacking])


def test_no_chinese_is_left_over_for_texts_nobody_uses() -> None:
    left = [word.text for word in words.unused()]
    assert not left, "\n".join(["remove with python -m shangliang.web.words prune", *left])


def test_templates_say_everything_through_translate() -> None:
    found = {
        f"{path.relative_to(words.SOURCES)}: {text}"
        for path in (words.SOURCES / "web").glob("templates/**/*.html")
        for text in chinese_left(path.read_text(encoding="utf-8"))
    }
    assert not found


def test_the_chinese_fills_in_what_the_english_fills_in() -> None:
    for entry in polib.pofile(str(words.PO)):
        english = PLACE.findall(entry.msgid_plural or entry.msgid)
        for chinese in filter(None, entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]):
            there = PLACE.findall(chinese)
            assert set(there) <= set(english), entry.msgid
            # A named value may go unsaid; a nameless one left out breaks the page.
            assert there.count("%s") == english.count("%s"), entry.msgid


def test_no_text_is_translated_twice() -> None:
    keys = [(e.msgctxt, e.msgid) for e in polib.pofile(str(words.PO))]
    assert len(keys) == len(set(keys))


def test_python_texts_are_found_under_every_name() -> None:
    source = """
from django.utils.translation import gettext as _, pgettext_lazy, ngettext as many, gettext_lazy as later
_("one"); later("t" "wo"); pgettext_lazy("verb", "three"); many("four", "fours", n); _(name)
translation.gettext("five")
"""
    found = {word for word, _ in words_of_python(source, "x.py")}
    assert found == {
        Word("one"), Word("two"), Word("three", context="verb"), Word("four", plural="fours"), Word("five"),
    }  # fmt: skip


def test_a_text_put_together_at_run_time_is_refused() -> None:
    with pytest.raises(NotLiteral):
        list(words_of_python('_(f"{n} days")', "x.py"))


def test_template_texts_are_found_in_every_tag() -> None:
    source = """{% load i18n %}<p title="{% translate 'one' %}">{% translate "it's two" context "c" %}
{% blocktranslate with x=y %}three {{ x }}{% endblocktranslate %}{{ _("four") }}{# {% translate "no" %} #}
{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"""
    found = dict(words_of_template(source, "x.html"))
    assert set(found) == {
        Word("one"),
        Word("it's two", context="c"),
        Word("three %(x)s"),
        Word("four"),
        Word("%(n)s day", "%(n)s days"),
    }
    assert found[Word("four")] == 2


def test_chinese_outside_translate_is_noticed() -> None:
    assert chinese_left("<p>公示</p>") == ["公示"]
    assert (
        chinese_left('<a lang="zh-Hans" href="/">中文</a>{# 备注 #}{% comment %}备注{% endcomment %}') == []
    )
    assert chinese_left('<p>{% translate "Back" %}：</p>') == ["："]


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "django.po"
    path.write_text(EMPTY_PO, encoding="utf-8")
    return path


def source(po: Path, text: str) -> Path:
    folder = po.parent / "src"
    folder.mkdir(exist_ok=True)
    (folder / "a.py").write_text(text, encoding="utf-8")
    return folder


def test_an_empty_or_fuzzy_translation_counts_as_missing(po: Path) -> None:
    folder = source(po, '_("Back"); _("Next"); _("Done")')
    words.add([(Word("Back"), ""), (Word("Next"), "下一页"), (Word("Done"), "已办")], po)
    po.write_text(
        po.read_text(encoding="utf-8").replace('msgid "Next"', '#, fuzzy\nmsgid "Next"'), encoding="utf-8"
    )
    assert set(words.missing(po, folder)) == {Word("Back"), Word("Next")}


def test_what_nobody_uses_is_named_and_pruned(po: Path) -> None:
    folder = source(po, '_("Back")')
    words.add([(Word("Back"), "返回"), (Word("Old"), "旧")], po)
    assert words.unused(po, folder) == [Word("Old")]
    assert words.prune(po, folder) == 1
    assert words.unused(po, folder) == []


def test_a_text_added_twice_stands_once_with_its_last_chinese(po: Path) -> None:
    for chinese in ("后退", "返回", ""):
        words.add([(Word("Back"), chinese)], po)
    assert [(e.msgid, e.msgstr) for e in polib.pofile(str(po))] == [("Back", "返回")]


def test_texts_stay_in_alphabetical_order(po: Path) -> None:
    words.add(
        [(Word("b"), "乙"), (Word("C"), "丙"), (Word("a"), "甲"), (Word("a", context="verb"), "做")], po
    )
    assert [(e.msgid, e.msgctxt) for e in polib.pofile(str(po))] == [
        ("a", None),
        ("a", "verb"),
        ("b", None),
        ("C", None),
    ]


def test_people_who_write_at_the_same_time_lose_nothing(po: Path) -> None:
    def write(n: int) -> None:
        for i in range(5):
            words.add([(Word(f"text {n} {i}"), f"文{n}{i}")], po)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(polib.pofile(str(po))) == 30
