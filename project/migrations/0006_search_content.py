"""Projects are found by their text, and by every name of their skills; Korean without its spaces.

Each batch is a transaction of its own: what was interrupted goes on where it stood when it is run
again, because all of it is only written anew.
"""

import re
import unicodedata

from django.db import migrations

BETWEEN_HANGUL = re.compile(r"(?<=[가-힣])[ \t]+(?=[가-힣])")
BATCH = 500


def normalise(text):
    return BETWEEN_HANGUL.sub("", unicodedata.normalize("NFKC", text).casefold())


def fill_search_text(apps, schema_editor):
    Project = apps.get_model("project", "Project")
    projects = Project.objects.select_related("author").prefetch_related("skills__names")
    last = 0
    while batch := list(projects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for project in batch:
            rows = [row for skill in project.skills.all() for row in skill.names.all()]
            names = [form for row in rows for form in (row.name, row.key)]
            parts = (project.title, project.summary, project.author.username, *names)
            project.search_text = normalise("\n".join((*parts, project.content[:2000])))
        Project.objects.bulk_update(batch, ["search_text"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("project", "0005_merge_skills"), ("user", "0008_skill_suggestions")]

    operations = [migrations.RunPython(fill_search_text, migrations.RunPython.noop, atomic=False)]
