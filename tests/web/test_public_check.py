"""A printed digest, and the ends of the record book."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.web.public import resident, text_of, titled

from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.record.models import Book, Entry

pytestmark = pytest.mark.usefixtures("county")


def an_entry(title: str, act: str) -> Entry:
    return Entry.objects.get(subject=f"matter:{titled(title).pk}", act=act)


def test_a_digest_says_which_book_entry_act_and_day() -> None:
    entry = an_entry("东河护坡修复", "post_notice")
    for typed in (
        entry.digest,
        entry.digest.upper(),
        f"sha256:{entry.digest}",
        f"{entry.digest[:4]} {entry.digest[4:]}",
    ):
        page = text_of(resident().get("/check/", {"d": typed}))
        for words in (
            "记录里有这一条",
            "双桥村（示例）",
            f"第{entry.seq}条",
            "张榜公示",
            "东河护坡修复",
            "没有改动过",
        ):
            assert words in page


def test_the_first_eight_digits_are_enough_to_look() -> None:
    page = text_of(resident().get("/check/", {"d": an_entry("东河护坡修复", "post_notice").digest[:8]}))
    assert "只对得上这一条" in page


def test_an_unknown_digest_is_said_to_be_unknown() -> None:
    assert "这里的记录里没有这个摘要" in text_of(resident().get("/check/", {"d": "0" * 64}))
    assert "请至少输入前八位" in text_of(resident().get("/check/", {"d": "12ab"}))
    assert "请至少输入前八位" in text_of(resident().get("/check/", {"d": "<script>"}))


def test_the_entry_of_an_unscreened_matter_does_not_open_it() -> None:
    entry = an_entry("服务大厅周末值班", "intake")
    page = resident().get("/check/", {"d": entry.digest})
    assert "记录里有这一条" in text_of(page) and "服务大厅" not in text_of(page)
    assert f"/m/{titled('服务大厅周末值班').pk}/" not in page.content.decode()


def test_the_last_entry_is_held_by_the_head_of_the_book() -> None:
    head = Book.objects.get(pk="liuhe").head
    assert "没有改动过" in text_of(resident().get("/check/", {"d": head}))


def test_the_ends_of_a_book_and_how_to_verify_it() -> None:
    page = text_of(resident().get("/u/liuhe/record/"))
    assert Book.objects.get(pk="liuhe").head in page and "怎么核对" in page


def test_what_is_entered_after_midnight_belongs_to_the_new_day() -> None:
    night = datetime.combine(today() + timedelta(days=1), time(1), ZoneInfo("Asia/Shanghai"))
    act = Act("intake", today(), "public", {"words": "路灯坏了。"}, unit="liuhe")
    (done,) = perform(act, clock=lambda: night)
    (on, last), *_ = resident().get("/u/liuhe/record/").context["ends"]
    assert (on, last.digest) == (night.date(), done.digest)
