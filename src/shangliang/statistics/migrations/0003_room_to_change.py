"""Room on each page of the totals for rows that change: on PostgreSQL a changed row then stays on its page and no index
grows (HOT), however many entries come; and dead rows are swept up early."""

from typing import Any

from django.db import migrations

ROOM = (
    ("statistics_monthtotal", "fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05"),
    ("statistics_daytotal", "fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05"),
    ("statistics_seen", "fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05"),
    (
        "statistics_dayfact",
        "autovacuum_vacuum_scale_factor = 0.05",
    ),
)


def make_room(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for table, how in ROOM:
            editor.execute(f"ALTER TABLE {table} SET ({how})")


class Migration(migrations.Migration):
    dependencies = [("statistics", "0002_days")]
    operations = [migrations.RunPython(make_room, migrations.RunPython.noop)]
