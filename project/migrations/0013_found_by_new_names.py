"""Projects are found by the names that their skills have got.

Each batch is a transaction of its own; what was interrupted goes on when it is run again.
"""

import re
import unicodedata

from django.db import migrations

BETWEEN_HANGUL = re.compile(r"(?<=[가-힣])[ \t]+(?=[가-힣])")
BATCH = 500


def normalise(text):
    return BETWEEN_HANGUL.sub("", unicodedata.normalize("NFKC", text).casefold())


def search_text(project):
    rows = [row for skill in project.skills.all() for row in skill.names.all()]
    names = [form for row in rows for form in (row.name, row.key)]
    parts = (project.title, project.summary, project.author.username, *names)
    return normalise("\n".join((*parts, project.content[:2000])))


def add_names(apps, schema_editor):
    Project = apps.get_model("project", "Project")
    projects = Project.objects.select_related("author").prefetch_related("skills__names")
    last = 0
    while batch := list(projects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        texts = {project: search_text(project) for project in batch}
        changed = [project for project, text in texts.items() if project.search_text != text]
        for project in changed:
            project.search_text = texts[project]
        Project.objects.bulk_update(changed, ["search_text"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("project", "0012_mentions"), ("user", "0018_names_of_today")]

    operations = [migrations.RunPython(add_names, migrations.RunPython.noop, atomic=False)]
