from django.db import migrations

from shangliang.record.without_index import WithoutIndex


class Migration(migrations.Migration):
    """Nobody asks for a row by its sealed text, and no such text is ever deleted; and where an index of several fields begins
    with this one, it needs none of its own."""

    dependencies = [
        ("people", "0001_initial"),
        ("record", "0001_record"),
        ("units", "0003_venue_theme"),
    ]

    operations = [
        WithoutIndex(
            {
                "person": ("name",),
                "post": (
                    "person",
                    "unit",
                ),
            }
        )
    ]
