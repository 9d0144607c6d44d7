from django.db import migrations

from shangliang.record.without_index import WithoutIndex


class Migration(migrations.Migration):
    """Nobody asks for a row by its sealed text, and no such text is ever deleted; and where an index of several fields begins
    with this one, it needs none of its own."""

    dependencies = [
        ("cases", "0008_choosing"),
        ("record", "0001_record"),
        ("units", "0003_venue_theme"),
    ]

    operations = [
        WithoutIndex(
            {
                "check": ("note",),
                "collecting": (
                    "summary",
                    "topic",
                ),
                "dispatch": (
                    "more",
                    "text",
                ),
                "fieldvisit": ("words",),
                "forum": (
                    "answer",
                    "names",
                    "papers",
                    "topic",
                    "words",
                ),
                "gathering": (
                    "agreed",
                    "divided",
                    "intro",
                ),
                "heard": ("words",),
                "invitation": (
                    "name",
                    "reply_note",
                ),
                "lotperson": (
                    "name",
                    "recused",
                ),
                "matter": (
                    "other_reason",
                    "result_note",
                    "title",
                    "unit",
                ),
                "meeting": (
                    "summary",
                    "unit",
                ),
                "objection": (
                    "answer",
                    "name",
                    "phone",
                    "words",
                ),
                "opinion": (
                    "name",
                    "phone",
                    "words",
                ),
                "override": ("reason",),
                "paper": ("name",),
                "papertotal": (
                    "second",
                    "teller",
                ),
                "participant": ("name",),
                "party": (
                    "name",
                    "note",
                ),
                "progress": ("note",),
                "publication": ("text",),
                "quiet": ("reason",),
                "recusal": (
                    "name",
                    "reason",
                ),
                "remark": ("note",),
                "reply": ("text",),
                "round": (
                    "agreed",
                    "reserved",
                    "speech",
                ),
                "ruling": ("note",),
                "seat": ("name",),
                "selection": ("note",),
                "speech": ("words",),
                "statement": (
                    "note",
                    "text",
                ),
                "suggestion": (
                    "text",
                    "why",
                ),
                "task": ("text",),
                "topic": (
                    "explanation",
                    "focus",
                    "limits",
                ),
                "vote": (
                    "second",
                    "teller",
                ),
            }
        )
    ]
