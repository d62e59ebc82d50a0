"""What the board's order "trending" is read from; the crontab fills it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("project", "0006_search_content")]

    operations = [
        migrations.AddField(
            "project",
            "trending",
            models.PositiveIntegerField("인기 급상승", db_default=0, default=0, editable=False),
        ),
    ]
