"""A matter about persons is there only for those it concerns."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.public import text_of

from shangliang.acts.act import Act, today
from shangliang.acts.perform import perform
from shangliang.cases.models import Matter, Meeting, Paper
from shangliang.people.models import Account
from shangliang.site.places.weitang import build_weitang
from shangliang.web.desk.filed import filed_papers


def enter(person: str) -> Client:
    account = Account.objects.create(login=person.removeprefix("p-"), password="!", person_id=person)
    client = Client()
    client.force_login(account, backend="shangliang.people.backend.CardBackend")
    return client


@pytest.fixture
def personnel(db: None) -> Matter:
    build_weitang(date(2026, 11, 20))
    return Matter.objects.get(secret=True)


def test_03_an_ordinary_member_does_not_find_a_personnel_case(personnel: Matter) -> None:
    member, clerk = enter("p-w-ruan"), enter("p-w-ji")
    assert member.get(f"/desk/m/{personnel.pk}/").status_code == 404
    assert personnel.pk not in text_of(member.get("/desk/matters/"))
    assert personnel.pk not in text_of(member.get("/desk/"))
    assert member.get(f"/desk/m/{personnel.pk}/approve/").status_code == 404
    assert clerk.get(f"/desk/m/{personnel.pk}/").status_code == 200
    assert personnel.pk in text_of(clerk.get("/desk/matters/"))


def test_nobody_finds_it_by_its_number_in_public(personnel: Matter) -> None:
    assert Client().get(f"/m/{personnel.pk}/").status_code == 404
    assert Client().get(f"/paper/slip/{personnel.pk}/").status_code in (302, 404)
    assert personnel.pk not in text_of(Client().get("/u/weitang/"))


def test_its_papers_are_for_the_same_people(personnel: Matter) -> None:
    assert enter("p-w-ruan").get(f"/paper/topic_form/{personnel.pk}/").status_code == 404


PDF = b"%PDF-1.4\n" + b"0" * 100


@pytest.fixture
def shielded(personnel: Matter) -> Matter:
    """A matter only for those named that has papers, unlike one about persons."""
    data = {"category": "project", "item": "festival", "title": "灯会安保方案", "proposer": "文化站", "secret": True,
            "explanation": "出入口和人手的安排。"}  # fmt: skip
    done = perform(
        Act("propose", today(), "p-w-ji", data, unit="weitang", decided_by={"role": "office_director"})
    )
    return Matter.objects.get(pk=done[0].ident)


def kept(clerk: Client, matter: Matter) -> str:
    """The clerk registers a paper with its scan; the scan's address."""
    form = f"/desk/m/{matter.pk}/papers/keep/"
    kind = clerk.get(form).context["form"].fields["kind"].choices[-1][0]
    key = clerk.get(form).context["form"]["key"].value()
    scan = SimpleUploadedFile("方案.pdf", PDF)
    sent = {
        "key": key,
        "kind": kind,
        "place": "2号柜",
        "pages": "3",
        "happened_on": today().isoformat(),
        "scan": scan,
    }
    assert clerk.post(form, sent).status_code == 302
    return f"/desk/m/{matter.pk}/papers/scan/{Paper.objects.get(matter=matter).pk}/"


def test_its_file_opens_for_those_it_concerns_and_for_nobody_else(
    shielded: Matter, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    clerk, member, archivist = enter("p-w-ji"), enter("p-w-ruan"), enter("p-w-tan")
    scan = kept(clerk, shielded)
    assert clerk.get(scan).content == PDF and archivist.get(scan).content == PDF
    assert "灯会安保方案" in text_of(clerk.get(f"/desk/m/{shielded.pk}/papers/"))
    for address in ("papers/", "papers/keep/", "correct/1/"):
        assert member.get(f"/desk/m/{shielded.pk}/{address}").status_code == 404, address
    assert member.get(scan).status_code == 404
    assert member.post(f"/desk/m/{shielded.pk}/papers/keep/", {"kind": "study"}).status_code == 404
    assert Client().get(scan).status_code == 302


def test_one_of_another_place_does_not_reach_its_file(shielded: Matter) -> None:
    """A clerk of the community below reads secret matters of the community, not of the street."""
    below = enter("p-w-bian")
    assert below.get(f"/desk/m/{shielded.pk}/papers/").status_code == 404
    assert below.get(f"/desk/m/{shielded.pk}/").status_code == 404


def test_its_papers_cannot_be_printed_by_others(shielded: Matter) -> None:
    clerk, member = enter("p-w-ji"), enter("p-w-ruan")
    ours = next(u for p in filed_papers(shielded) for u, _tells in p.views)
    assert clerk.get(ours).status_code == 200
    assert member.get(ours).status_code == 404
    assert member.get(ours.rstrip("/") + ".pdf").status_code == 404


def test_who_may_not_print_is_offered_nothing_to_print(personnel: Matter) -> None:
    meeting = Meeting.objects.filter(unit="weitang", rounds__matter__secret=False).first()
    assert meeting is not None
    for person, prints in (("p-w-cen", True), ("p-w-pu", False)):
        reader = enter(person)
        page = reader.get(f"/desk/meeting/{meeting.pk}/").content.decode()
        offered = re.findall(r'href="(/paper/[^"]+)"', page)
        assert bool(offered) is prints, person
        assert all(reader.get(to).status_code == 200 for to in offered)


def test_a_meeting_about_it_keeps_it_to_those_it_concerns(personnel: Matter) -> None:
    meeting = Meeting.objects.filter(unit="weitang", rounds__matter__secret=False, state="held").first()
    assert meeting is not None
    topic = meeting.rounds.get().matter
    clerk, member = enter("p-w-ji"), enter("p-w-ruan")
    assert topic.title.text in text_of(member.get(f"/desk/meeting/{meeting.pk}/"))
    Matter.objects.filter(pk=topic.pk).update(
        secret=True
    )  # no act makes a matter secret once it is on the table
    minutes = f"/paper/minutes/{meeting.pk}/"
    for address in ("/desk/meetings/", f"/desk/meeting/{meeting.pk}/"):
        seen = text_of(member.get(address))
        assert topic.title.text not in seen and topic.pk not in seen and "不公开的事项" in seen, address
        assert topic.title.text in text_of(clerk.get(address)), address
    assert member.get(minutes).status_code == 404 and clerk.get(minutes).status_code == 200


def test_lists_of_figures_count_it_without_saying_what_it_is(personnel: Matter) -> None:
    address = f"/progress/{personnel.unit_id}/of/matters/?year={personnel.opened_on.year}"
    hidden, open_ = "另有 1 件不公开", text_of(enter("p-w-ji").get(address))
    assert personnel.pk in open_ and hidden not in open_
    seen = text_of(enter("p-w-ruan").get(address))
    assert hidden in seen and personnel.pk not in seen
    total = re.search(r"事项 (\d+) 件", seen)
    assert total and total[0] in open_, "who may not read it counts it all the same"
