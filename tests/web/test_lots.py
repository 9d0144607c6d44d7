"""Choosing who takes part at the desk: the composition and whom it leaves out, naming with recusals, carried into the meeting,
the selection record without names; and the form of a draw, which says in plain words what is wrong with a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.acts.lots import SEED
from tests.web.gathering import fitness
from tests.web.public import field, text_of

from shangliang import documents
from shangliang.acts.act import today
from shangliang.acts.draw import THROWS
from shangliang.cases.models import Invitation, Matter
from shangliang.cases.models_consulting import Participant
from shangliang.cases.models_lots import Lots, Recusal
from shangliang.documents import render
from shangliang.record.models import Entry

Enter = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("county")

QUOTAS = "类别,选项,至少,至多,全村人数\n性别,女,1,2,430\n性别,男,1,2,440\n"
POOL = "编号,姓名,性别\n" + "".join(f"{n:02},李{n}娃,{'女' if n % 2 else '男'}\n" for n in range(1, 13))


def up(client: Client, m: Matter, do: str = "check", **more: Any) -> Any:
    """Sends the form of a draw."""
    at = f"/desk/lots/{m.pk}/up/"
    sent = {
        "key": field(client.get(at), "key"),
        "size": "3",
        "quotas": QUOTAS,
        "people": POOL,
        "recused": "",
        "do": do,
    }
    return client.post(at, sent | more, follow=True)


def name(client: Client, m: Matter, **more: Any) -> Any:
    """Sends the form that names people."""
    at = f"/desk/lots/{m.pk}/who/"
    page = client.get(at)
    sent = {
        "key": field(page, "key"),
        "method": "recommended",
        "departments": "",
        "people": "",
        "recused": "",
    }
    return client.post(at, sent | more, follow=True)


def rows(page: Any) -> dict[str, list[Any]]:
    return {str(row[0]): row[1:] for row in page.context["rows"]}


def test_the_page_counts_seats_by_class_and_says_whom_they_leave_out(come_in: Enter) -> None:
    clerk, m = come_in("wang"), fitness()
    page = clerk.get(f"/desk/lots/{m.pk}/who/")
    assert rows(page) == {"议事会成员": [0], "利益相关方": [0], "职能部门": [0]}
    assert "还没有写利益相关方由谁来" in text_of(page) and "系统默认，请确认" in text_of(page)
    assert "870" in text_of(page) or str(m.unit.adults) in text_of(page)
    done = name(clerk, m, people="广场边的赵家\n跳舞队的领队", departments="文体站", pool="40")
    assert "参加的人定了" in text_of(done)
    assert rows(done)["利益相关方"] == [2] and rows(done)["职能部门"] == [1]
    assert "还没有写利益相关方由谁来" not in text_of(done) and "跳舞队的领队" in text_of(done)


def test_who_is_recused_is_entered_with_the_reason_and_takes_no_seat(come_in: Enter) -> None:
    clerk, m = come_in("wang"), fitness()
    offered = clerk.get(f"/desk/lots/{m.pk}/who/").context["form"].fields["posts"].choices
    (post, label), (other, _label) = offered[0], offered[1]
    person = str(label).split(" ")[0]
    no_reason = name(clerk, m, recused=person)
    assert "还没有写" in text_of(no_reason) and not Recusal.objects.filter(matter=m).exists()
    both = name(clerk, m, posts=[post], recused=f"{person} 和卖器材的是兄弟")
    assert "有人写了回避，又写了参加" in text_of(both) and "和卖器材的是兄弟" in text_of(both)
    done = name(clerk, m, posts=[other], recused=f"{person} 和卖器材的是兄弟")
    assert Recusal.objects.get(matter=m).post_id == post and "和卖器材的是兄弟" in text_of(done)
    assert post not in [ident for ident, _ in done.context["form"].fields["posts"].choices]
    assert not any("兄弟" in text for text in Entry.objects.values_list("text", flat=True))
    call = clerk.get(f"/desk/meeting/new/?matter={m.pk}").context["form"]
    assert call["guests"].value() == [other]


def test_only_those_who_run_the_place_see_the_page(come_in: Enter) -> None:
    m = fitness()
    assert come_in("wu").get(f"/desk/lots/{m.pk}/who/").status_code == 404
    assert Client().get(f"/desk/lots/{m.pk}/who/").status_code == 302


def test_named_and_drawn_people_are_on_the_list_of_the_meeting_without_typing(come_in: Enter) -> None:
    clerk, m = come_in("wang"), fitness()
    name(clerk, m, people="广场边的赵家", departments="文体站")
    assert "名单公布了" in text_of(up(clerk, m, do="up"))
    lots = Lots.objects.get(matter=m)
    clerk.post(f"/desk/lots/{m.pk}/draw/", {"key": "d7" * 12, "seed": SEED})
    page = clerk.get(f"/desk/lots/{m.pk}/who/")
    assert rows(page)["居民"] == [3] and "性别：女" in text_of(page) and "430 (49%)" in text_of(page)
    form = clerk.get(f"/desk/meeting/new/?matter={m.pk}").context["form"]
    labels = [label for _ident, label in form.fields["chosen"].choices]
    assert "广场边的赵家" in labels and len(labels) == 4 and len(form["chosen"].value()) == 4
    assert "文体站" in form["departments"].value()
    lots.refresh_from_db()
    sheet = documents.papers.make("selection_record", m)
    text = render.fragment(sheet)
    assert lots.digest in text and f"抽中第{lots.drawn}组" in text and "从" not in sheet.unit
    assert "赵家" not in text and "娃" not in text and render.pdf(sheet).startswith(b"%PDF")


def test_whoever_is_chosen_is_asked_by_the_name_that_was_sealed_once(come_in: Enter) -> None:
    clerk = come_in("wang")
    m = _ready(clerk)
    name(clerk, m, people="井台边的孙家")
    at = f"/desk/meeting/new/?matter={m.pk}"
    form = clerk.get(at).context["form"]
    sent = {n: form[n].value() for n in form.fields if form[n].value() not in (None, "")}
    sent |= {"held_on": (today() + timedelta(days=9)).isoformat(), "time": "19:00", "place": "议事室",
             "called_on": today().isoformat()}  # fmt: skip
    done = clerk.post(at, sent, follow=True)
    person = Participant.objects.get(matter=m)
    asked = Invitation.objects.filter(name=person.name_id)
    assert [g.kind for g in asked] == ["stakeholder"], text_of(done)[:2000]
    assert "井台边的孙家" in text_of(done)


def _ready(clerk: Client) -> Matter:
    """The first matter that can come to the table now."""
    context = clerk.get("/desk/meeting/new/").context
    found: Matter = context["matters"][0][0] if "matters" in context else context["ready"][0]
    return found


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"people": "编号,姓名,性别\n"}, "名单"),
        ({"people": "编号,姓名\n01,李一\n"}, "没有“性别”这一列"),
        ({"people": POOL + "01,重号,女\n"}, "01"),
        ({"people": POOL.replace("02,李2娃,男", "02,李2娃,未知")}, "未知"),
        ({"people": POOL + "13,多,出,一格\n"}, "第 14 行"),
        ({"size": "0"}, "1"),
        ({"size": "30"}, "30"),
        ({"quotas": "性别,女,1,2\n"}, "标题行"),
        ({"quotas": QUOTAS.replace("女,1,2", "女,二,三")}, "整数"),
        ({"quotas": QUOTAS.replace("女,1,2", "女,2,1")}, "女"),
        ({"quotas": QUOTAS.replace("女,1,2,430", "女,9,9,430").replace("男,1,2", "男,9,9")}, "3"),
        ({"quotas": QUOTAS.replace("430", "很多")}, "整数，或者空着"),
        ({"recused": "99 是亲戚"}, "99"),
    ],
)
def test_a_bad_list_is_refused_in_words_a_clerk_understands(
    come_in: Enter, wrong: dict[str, str], said: str
) -> None:
    page = up(come_in("wang"), fitness(), do="up", **wrong)
    errors = " ".join(str(e) for found in page.context["form"].errors.values() for e in found)
    assert said in errors, errors
    assert not any(word in errors for word in ("Error", "None", "Traceback", "{", "infeasible")), errors
    for box in ("people", "quotas"):
        assert page.context["form"][box].value() == wrong.get(box, {"people": POOL, "quotas": QUOTAS}[box])
    assert not Lots.objects.exists()


def test_quotas_that_nobody_can_meet_come_with_the_smallest_change(come_in: Enter) -> None:
    few = "编号,姓名,性别\n" + "".join(f"{n},李{n}娃,男\n" for n in range(1, 9))
    page = up(come_in("wang"), fitness(), people=few, quotas=QUOTAS)
    errors = " ".join(str(e) for found in page.context["form"].errors.values() for e in found)
    assert "改" in errors or "没有" in errors, errors


def test_the_help_and_the_refusal_say_the_same_number_of_throws(come_in: Enter) -> None:
    clerk, m = come_in("wang"), fitness()
    up(clerk, m, do="up")
    page = clerk.get(f"/desk/lots/{m.pk}/")
    assert f"骰子至少掷{THROWS}次" in text_of(page)
    refused = clerk.post(f"/desk/lots/{m.pk}/draw/", {"key": field(page, "key"), "seed": "3" * (THROWS - 1)})
    assert f"掷的次数太少，至少{THROWS}次" in text_of(refused)
    assert not Lots.objects.get(matter=m).seed
