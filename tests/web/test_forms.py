"""Every link that somebody sees leads somewhere, and no form that they see ends in an error, whatever is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.forms import look_at

from shangliang.people.models import Account

pytestmark = pytest.mark.usefixtures("county")


@pytest.mark.parametrize("who", ["wang", "su", "zhao", "cheng", "gao", "li", "zhang", "sun", "meng", ""])
def test_no_link_and_no_form_leads_to_an_error(come_in: Callable[[str], Client], who: str) -> None:
    assert not who or Account.objects.filter(login=who).exists()
    tried: Counter[str] = Counter()
    seen = look_at(come_in(who) if who else Client(), tried)
    assert len(seen) > 15, seen
    assert len(tried) > 3
