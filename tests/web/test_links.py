"""No link leads to an error: what a page offers, its reader may see or do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.visiting import visit

from shangliang.people.models import Account

pytestmark = pytest.mark.usefixtures("county")


@pytest.mark.parametrize("who", ["wang", "su", "zhao", "cheng", "gao", "li", "zhang", "sun", "meng", ""])
def test_no_link_leads_to_an_error(come_in: Callable[[str], Client], who: str) -> None:
    assert not who or Account.objects.filter(login=who).exists()
    visited = visit(come_in(who) if who else Client(), most=150)
    assert len(visited.pages) > 15, list(visited.pages)
    assert not visited.broken
