"""What the desk shows where a rule calls for a second look: work to be checked again, gates upset by a correction, answers
from above, owners' areas. In Chinese."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.web.test_places import keyed, matter, text

from shangliang.acts.act import PUBLIC, Act, today
from shangliang.acts.perform import perform
from shangliang.cases.models import Flag, Matter, Task
from shangliang.record.models import Entry
from shangliang.web.actform import form_class

ComeIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("county")


def doubted() -> Matter:
    found = matter("老年饭桌")
    perform(Act("confirm", today(), PUBLIC, {"solved": False}, subject=found.pk))
    return found


def chosen(form: Any) -> str:
    """Whom the form takes to have decided."""
    found = re.search(r'name="decided" value="([^"]+)"', text(form))
    assert found
    return found[1]


def test_a_doubt_brings_the_task_back_to_the_clerks_desk(come_in: ComeIn) -> None:
    clerk, url = come_in("wu"), f"/desk/m/{matter('老年饭桌').pk}/"
    assert "report_progress" not in text(clerk.get(url))
    found = doubted()
    assert f"{url}report_progress/" in text(clerk.get(url))
    form = clerk.get(f"{url}close/")
    said = {"result": "solved", "note": "已开餐。", "decided": chosen(form)}
    shown = clerk.post(f"{url}close/", keyed(form, **said))
    assert "还有一项任务没有办完或待核实，不能算已解决" in text(shown) and "已开餐。" in text(shown)
    task = Task.objects.get(matter=found)
    done = keyed(clerk.get(f"{url}report_progress/"), task=task.pk, state="done", note="又开了。")
    assert (
        clerk.post(
            f"{url}report_progress/", done | {"decided": chosen(clerk.get(f"{url}report_progress/"))}
        ).status_code
        == 302
    )
    assert clerk.post(f"{url}close/", keyed(clerk.get(f"{url}close/"), **said)).status_code == 302


def test_the_supervision_committee_has_its_place_in_the_menu_and_looks_again_after_a_doubt(
    come_in: ComeIn,
) -> None:
    head = come_in("feng")
    assert 'href="/desk/supervision/"' in text(head.get("/desk/"))
    assert 'href="/desk/supervision/"' not in text(come_in("wang").get("/desk/"))
    url = f"/desk/supervision/{matter('老年饭桌').pk}/"
    assert "报了完工，请去看看" not in text(head.get("/desk/supervision/"))
    doubted()
    assert "报了完工，请去看看" in text(head.get("/desk/supervision/"))
    form = head.get(url)
    assert head.post(url, keyed(form, satisfied="False", note="人不多。")).status_code == 302
    assert Entry.objects.filter(act="check_work", entered_by="p-feng").exists()


def test_a_gate_upset_by_a_correction_is_named_in_words_and_leads_to_the_page_that_takes_note(
    come_in: ComeIn,
) -> None:
    bus = matter("村口设公交")
    seq = Entry.objects.get(act="screen", subject=f"matter:{bus.pk}").seq
    clerk = Entry.objects.get(act="screen", subject=f"matter:{bus.pk}").entered_by
    Flag.objects.create(id=f"{bus.unit_id}.{seq}.9", matter=bus, gate="D-G10", on=today())
    page = text(come_in(clerk.removeprefix("p-")).get(f"/desk/m/{bus.pk}/"))
    assert "各利益方都同意了" in page and "D-G10" not in page
    assert f'href="/desk/m/{bus.pk}/flags/"' in page
    assert f"/desk/m/{bus.pk}/flags/" not in text(come_in("gao").get(f"/desk/m/{bus.pk}/"))


def test_the_villages_clerk_may_type_the_answer_that_came_back_on_paper(come_in: ComeIn) -> None:
    clerk, found = come_in("wu"), matter("北桥")
    assert f"/desk/villages/{found.pk}/answer/" in text(clerk.get(f"/desk/m/{found.pk}/"))
    url = f"/desk/villages/{found.pk}/answer/"
    sent = keyed(clerk.get(url), result="settled", note="限高调到三米八。", paper="镇党委纪要〔2026〕9号")
    assert clerk.post(url, sent).headers["location"] == f"/desk/m/{found.pk}/"
    decided = Entry.objects.get(act="record_return").text
    assert '"body":"party"' in decided and '"unit":"laoheishan"' in decided


def test_a_report_goes_to_the_town_unless_another_unit_is_chosen(come_in: ComeIn) -> None:
    clerk, found = come_in("wu"), matter("北桥")
    page = text(clerk.get(f"/desk/m/{found.pk}/report_up/"))
    assert "由哪个单位答复" in page and 'value="laoheishan"' in page and "checked" in page


def test_the_pages_of_an_original_are_counted_not_turned(come_in: ComeIn) -> None:
    page = text(come_in("wu").get(f"/desk/m/{matter('老年饭桌').pk}/keep_paper/"))
    assert "页数" in page and "翻页" not in page


def test_areas_are_typed_in_square_metres_and_kept_in_whole_hundredths() -> None:
    typed = {"body": "owners", "total": "120", "present": "90", "votes_for": "60", "happened_on": "2026-05-20",
             "area": "12845.6", "area_present": "9000", "area_for": "6000.05"}  # fmt: skip
    form = form_class("record_resolution")(typed)
    assert form.is_valid(), form.errors
    data = form.act_data()
    assert (data["area"], data["area_present"], data["area_for"]) == (1_284_560, 900_000, 600_005)
    assert not form_class("record_resolution")(typed | {"area": "12845.605"}).is_valid()
