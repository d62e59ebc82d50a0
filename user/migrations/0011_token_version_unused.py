from django.db import migrations, models


class Migration(migrations.Migration):
    """Forget `User.token_version`, which nothing reads: sessions end access tokens.

    The version before still writes the column, so it stays, with a default for the version that
    does not. The next release drops it.
    """

    dependencies = [("user", "0010_wording")]

    operations = [
        migrations.AlterField(
            "user",
            "token_version",
            models.PositiveIntegerField(default=0, db_default=0, editable=False),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("user", "token_version")]
        ),
    ]
