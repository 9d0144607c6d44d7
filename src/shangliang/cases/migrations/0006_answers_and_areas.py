"""Door talks that lapse, the unit that answers a report, and owners counted by area."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_consulting"),
        ("units", "0002_deciding"),
    ]

    operations = [
        migrations.AddField(
            model_name="party",
            name="lapsed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="ruling",
            name="area",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="ruling",
            name="area_for",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="ruling",
            name="area_present",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="ruling",
            name="basis",
            field=models.CharField(blank=True, default="", max_length=12),
        ),
        migrations.AddField(
            model_name="ruling",
            name="sent_to",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
            ),
        ),
    ]
