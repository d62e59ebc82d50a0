"""A technology that stood in the list twice (React and ReactJS) becomes one; everybody keeps it."""

import unicodedata

from django.db import migrations
from django.utils import timezone


def key_of(name):
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or letter in "+#")


def merge_skills(apps, schema_editor):
    Skill = apps.get_model("user", "Skill")
    Profile = apps.get_model("user", "Profile")
    names = apps.get_model("user", "SkillName").objects
    projects = apps.get_model("project", "Project").skills.through.objects
    for double in Skill.objects.filter(names=None):
        keeper = names.get(key=key_of(double.name)).skill_id
        Profile.objects.filter(skills=double).update(skills_changed_at=timezone.now())
        for uses, owner in ((Profile.skills.through.objects, "profile"), (projects, "project")):
            have_both = uses.filter(skill=keeper).values(f"{owner}_id")
            uses.filter(skill=double).exclude(**{f"{owner}__in": have_both}).update(skill=keeper)
            uses.filter(skill=double).delete()
        double.delete()


class Migration(migrations.Migration):
    dependencies = [("project", "0004_text"), ("user", "0007_skill_names")]

    operations = [migrations.RunPython(merge_skills, migrations.RunPython.noop)]
