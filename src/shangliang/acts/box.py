"""The box of “this happened to me too”. Not an act: nothing may link it to a person."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from shangliang.acts.act import today
from shangliang.cases.models import Copy, Matter, MeToo


def drop(matter: Matter, token: str) -> bool:
    """Puts one slip into the box of a matter; False when this token lies there already. The token is random and stays in
    the browser; what is kept is its digest, salted with the matter, so that nobody can follow it from one to the other."""
    kept = salted_hmac("shangliang.metoo", f"{matter.pk}:{token}", algorithm="sha256").hexdigest()
    try:
        with transaction.atomic():
            MeToo.objects.create(matter_id=matter.pk, token=kept, on=today())
            Copy.objects.filter(scope__in=(matter.unit_id, matter.pk)).delete()
    except IntegrityError:
        return False
    return True
