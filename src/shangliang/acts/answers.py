"""The box of answers to a gathering's statements. Not acts: nothing may link an answer to a person.

While the box is open, a voice is the digest of a token that only the browser (or the slip) holds, salted with the
gathering, so that nobody can follow it from one gathering to another. When the box is closed the voices become mere
numbers in an order that follows from the answers alone: not even the token's holder finds the own row again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from shangliang.acts.act import today
from shangliang.acts.few import Count, told
from shangliang.cases.models_gathering import Answer, Gathering, Statement
from shangliang.record.digests import digest

AGREE, PASS, DISAGREE = 1, 0, -1
DIGITS = 64
"""Length of a voice's mark while the box is open."""
HEAD = "participant,statement,vote"
"""First line of the exported box."""

Ballot = tuple[tuple[int, int], ...]
"""What one voice answered: (number of the statement, answer), by number."""


def voice_of(gathering: str, token: str) -> str:
    """What is kept of a token."""
    return salted_hmac("shangliang.gathering", f"{gathering}:{token}", algorithm="sha256").hexdigest()


def put(
    gathering: str,
    token: str,
    given: Iterable[tuple[str, int]],
    *,
    paper: bool = False,
    on: date | None = None,
) -> bool:
    """Puts answers (statement, answer) into the box; the last one of a voice to a statement counts. False, and nothing is
    kept, when the box is closed or a statement is not asked. Paper may be typed in until the box is closed, a phone
    answers until the announced day. ``on``: the day of it, if not today; for simulated books only."""
    wanted = dict(given)
    voice = voice_of(gathering, token)
    with transaction.atomic():
        found = _held(gathering, "FOR SHARE")
        if found is None or found.closed_on is not None or (not paper and found.until < (on or today())):
            return False
        asked = Statement.objects.filter(gathering=gathering, state="shown", pk__in=wanted)
        if asked.count() != len(wanted):
            return False
        Answer.objects.bulk_create(
            [Answer(gathering=gathering, voice=voice, statement=s, answer=a, paper=paper) for s, a in wanted.items()],
            update_conflicts=True, unique_fields=("gathering", "voice", "statement"), update_fields=("answer", "paper"),
        )  # fmt: skip
    return True


def _held(gathering: str, how: str) -> Gathering | None:
    """The gathering, kept from changing under us: an answer and the closing of the box never pass each other. SQLite has
    locked the whole database with the transaction already."""
    found = Gathering.objects.filter(pk=gathering)
    if connection.features.has_select_for_update:
        table = connection.ops.quote_name(Gathering._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s {how}", [gathering])
    return found.first()


def ballots(gathering: str) -> list[Ballot]:
    """Every voice's answers to the statements that are asked, in the order that the answers themselves give."""
    numbers = dict(Statement.objects.filter(gathering=gathering, state="shown").values_list("pk", "number"))
    found: dict[str, list[tuple[int, int]]] = {}
    rows = Answer.objects.filter(gathering=gathering).values_list("voice", "statement", "answer")
    for voice, statement, answer in rows.iterator(chunk_size=5000):
        if statement in numbers:
            found.setdefault(voice, []).append((numbers[statement], answer))
    return sorted(tuple(sorted(each)) for each in found.values())


def export(box: Iterable[Ballot]) -> str:
    """The box as a table: one line an answer, participants numbered in the order of their answers. Its digest stands in
    the record."""
    lines = [HEAD]
    for participant, ballot in enumerate(box, 1):
        lines += [f"{participant},{statement},{answer}" for statement, answer in ballot]
    return "\n".join(lines) + "\n"


def count(box: Iterable[Ballot]) -> dict[int, Count]:
    """By number of the statement: how many agreed, disagreed, passed."""
    found: dict[int, list[int]] = {}
    for ballot in box:
        for statement, answer in ballot:
            found.setdefault(statement, [0, 0, 0])[1 - answer] += 1
    return {n: Count(agree, disagree, passed) for n, (agree, passed, disagree) in sorted(found.items())}


def counted(gathering: str, algorithm: str) -> dict[str, Any]:
    """What the entry of the closing keeps: voices, how many of them on paper, answers, the digest of the exported box, and
    what may be said of each statement."""
    _held(gathering, "FOR UPDATE")
    box = ballots(gathering)
    asked = Statement.objects.filter(gathering=gathering, state="shown")
    on_paper = Answer.objects.filter(gathering=gathering, paper=True, statement__in=asked.values("pk"))
    counts = count(box)
    return {
        "voices": len(box), "paper": on_paper.values("voice").distinct().count(), "answers": sum(map(len, box)),
        "digest": digest(algorithm, export(box)),
        "statements": [
            {"number": n} | told(counts.get(n, Count())) for n in asked.order_by("number").values_list("number", flat=True)
        ],
    }  # fmt: skip


def shuffle(gathering: str) -> None:
    """Throws the marks of the voices away and writes the box anew in the order of its answers, so that neither a mark nor
    the order of coming is left. A box that has been through this stays as it is: replay passes here again."""
    one = Answer.objects.filter(gathering=gathering).values_list("voice", flat=True).first()
    if one is None or len(one) < DIGITS:
        return
    box = ballots(gathering)
    ids = dict(Statement.objects.filter(gathering=gathering).values_list("number", "pk"))
    Answer.objects.filter(gathering=gathering).delete()
    Answer.objects.bulk_create(
        (
            Answer(gathering=gathering, voice=str(participant), statement=ids[statement], answer=answer)
            for participant, ballot in enumerate(box, 1)
            for statement, answer in ballot
        ),
        batch_size=2000,
    )
