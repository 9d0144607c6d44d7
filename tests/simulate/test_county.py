"""The simulated county, built: what the report says of it is computed from its record, and the record stands."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from shangliang.acts.replay import replay
from shangliang.cases.models import Matter, Meeting, Quiet
from shangliang.errors import Broken
from shangliang.notify.models import Message
from shangliang.people.models import Account, Post
from shangliang.people.queries import name_of
from shangliang.record.models import Book, Entry
from shangliang.record.verify import verify_all
from shangliang.site import cli
from shangliang.site.simulate.build import Built, build
from shangliang.statistics import freshen, telling
from shangliang.statistics.years import Years
from shangliang.units.models import Unit, Venue

TODAY = date(2024, 7, 1)
MOST_ACTS = 25_000


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Built]:
    """The county up to the summer after the reported years, built once for this file and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(TODAY)
        transaction.set_rollback(True)


@pytest.fixture
def county(built: Built, db: None) -> Built:
    return built


def figures(year: int) -> dict[str, int]:
    freshen.freshen_all()
    root = Unit.objects.get(parent=None)
    return {m["id"]: m["n"] for m in telling.report(root, TODAY, Years.of(year))["measures"]}


def test_the_figures_of_the_report_are_computed_from_the_record(county: Built) -> None:
    years = {y: figures(y) for y in (2021, 2022, 2023)}
    assert [years[y]["venues"] for y in years] == [15, 76, 115]  # D5, D8, D9
    assert [years[y]["coverage"] for y in years] == [13, 66, 100]
    assert sum(y["meetings"] for y in years.values()) == 409  # D40
    assert sum(y["solved"] for y in years.values()) == 310  # D42
    assert years[2023]["units"] == 115  # D3


REPORTED = ["--from", "2021", "--to", "2023"]


def test_the_command_says_the_reported_years_together(
    county: Built, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["measures", *REPORTED, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["year"], told["from"], told["to"]) == (None, 2021, 2023)
    by_id = {m["id"]: m for m in told["measures"]}
    assert (by_id["meetings"]["n"], by_id["solved"]["n"]) == (409, 310)  # D40, D42
    assert by_id["coverage"]["n"] == 100 and by_id["coverage"]["of"] == {"part": 115, "whole": 115}  # D9
    assert by_id["coverage"]["by_year"] == {"2021": 13, "2022": 66, "2023": 100}
    assert sum(by_id["meetings"]["by_year"].values()) == 409
    assert cli.main(["measures", "--year", "2022", "--json"]) == 0
    of_2022 = {m["id"]: m for m in json.loads(capsys.readouterr().out)["measures"]}
    assert of_2022["coverage"]["n"] == 66 and of_2022["coverage"]["of"] == {"part": 76, "whole": 115}  # D8


def test_the_page_shows_the_reported_years_and_each_number_leads_to_its_rows(county: Built) -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(Account.objects.get(login="zhao"))
    page = client.get("/progress/?from=2021&to=2023").content.decode()
    assert "2021—2023年会议应开和已开" in page and "76 / 115" in page and "2024年" not in page
    for measure, n in (("meetings", 409), ("solved", 310)):
        (url,) = set(
            re.findall(rf'href="(/progress/[^"/]+/of/{measure}/\?from=2021&amp;to=2023)">{n}</a>', page)
        )
        listed = client.get(url.replace("&amp;", "&"))
        assert f"{n} " in text_of(listed) and counted_rows(client, url.replace("&amp;", "&")) == n
    below = re.findall(
        r'/of/(meetings|solved)/\?from=2021&amp;to=2023">(\d+)</a>', page.split("2021—2023年分单位")[1]
    )
    sums = Counter({m: 0 for m, _ in below})
    for measure, n in below:
        sums[measure] += int(n)
    assert sums == {"meetings": 409, "solved": 310}
    root = Unit.objects.get(parent=None).pk
    assert "115个单位，已建76个，覆盖率66%" in text_of(client.get(f"/progress/{root}/coverage/?year=2022"))
    assert counted_rows(client, f"/progress/{root}/of/venues/?year=2022") == 76
    assert "115个单位，已建115个，覆盖率100%" in text_of(
        client.get(f"/progress/{root}/coverage/?from=2021&to=2023")
    )


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def counted_rows(client: Client, url: str) -> int:
    """How many rows the pages of a list have, all kinds together."""
    context = client.get(url).context
    return sum(part["page"].paginator.count for part in context["parts"])


def test_it_is_made_of_acts_on_a_clock_of_its_own_and_nothing_is_sent(county: Built) -> None:
    assert county.acts == Entry.objects.count() < MOST_ACTS
    assert set(Book.objects.values_list("clock", flat=True)) == {"simulated"}
    assert Book.objects.count() == county.units == Unit.objects.count()
    assert not Message.objects.exists()


def test_every_book_verifies_and_replay_makes_the_same_rows(county: Built) -> None:
    assert [r for r in verify_all() if r.problems] == []
    count, differences = replay()
    assert count == county.acts and differences == []


def test_current_matters_stand_at_every_stage_and_old_ones_in_the_archive(county: Built) -> None:
    stages = Counter(Matter.objects.filter(ended="").values_list("stage", flat=True))
    assert {"D-1", "D-2", "D-3", "D-3D", "D-4", "D-5", "D-6", "D-7", "D-8"} <= set(stages)
    ended = Counter(Matter.objects.values_list("ended", flat=True))
    assert ended["completed"] > 310 and ended["refused"] > 20
    results = set(Matter.objects.exclude(result="").values_list("result", flat=True))
    assert results == {"solved", "partly", "unsolved"}
    assert Meeting.objects.filter(state="called", held_on__gte=TODAY).exists()


def test_gaps_stay_gaps_and_some_say_why(county: Built) -> None:
    held = Meeting.objects.filter(state="held", held_on__year=2023).count()
    assert held < 662 / 2  # the norm of D37 and D38 for 7 + 108 places
    assert Quiet.objects.count() > 10


def test_posts_change_hands_and_names_stay_out_of_the_record(county: Built) -> None:
    given_up = Post.objects.exclude(until=None)
    assert given_up.count() >= 5
    for post in given_up:
        assert Post.objects.filter(unit=post.unit, role=post.role, until=None).exists()
    names = {name_of(p) for p in Post.objects.values_list("person", flat=True)[:40]}
    assert "" not in names
    for name in names:
        assert not Entry.objects.filter(text__contains=f'"{name}"').exists()


def test_the_demonstration_sites_and_the_tour(county: Built) -> None:
    shown = Venue.objects.filter(demonstration=True).values_list("unit__name", flat=True)
    assert set(shown) == {"南山社区", "团结社区", "夹信子村"}  # D19
    assert Venue.objects.get(unit="jiaxinzi").name == "地瓜议事室"  # D21
    logins = set(Account.objects.values_list("login", flat=True))
    assert {"zhao", "wang", "su", "cheng", "xia"} <= logins and len(logins) < 60


def test_only_an_empty_database_is_filled(county: Built) -> None:
    with pytest.raises(Broken):
        build(TODAY)
