from datetime import UTC
from typing import Any

from django.db import migrations
from django.utils import timezone


def mend(apps: Any, schema_editor: Any) -> None:
    """What was made of two acts in another way before: how many opinions a plan takes up stood where the number entitled
    stands; a meeting entered before eight in the morning was marked as entered the day before. The books were right."""
    apps.get_model("cases", "Ruling").objects.filter(kind="proposal").update(total=None)
    meetings = apps.get_model("cases", "Meeting").objects
    held = apps.get_model("record", "Entry").objects.filter(act__in=("hold_meeting", "import_meeting"))
    for subject, at in held.values_list("subject", "entered_at").iterator():
        on = timezone.localdate(at)
        if on != at.astimezone(UTC).date():
            meetings.filter(pk=subject.partition(":")[2]).update(recorded_on=on)


class Migration(migrations.Migration):
    """The rows as replaying the books makes them now."""

    dependencies = [("cases", "0009_fewer_indexes"), ("record", "0001_record")]

    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
