"""Skills get an address of their own (`/skills/:slug`)."""

from django.db import migrations, models
from django.utils.text import slugify


def fill_slugs(apps, schema_editor):
    Skill = apps.get_model("user", "Skill")
    taken = set()
    skills = list(Skill.objects.order_by("id"))
    for skill in skills:
        skill.slug = slug_of(skill.name, taken)
        taken.add(skill.slug)
    Skill.objects.bulk_update(skills, ["slug"], batch_size=500)


def slug_of(name, taken):
    """As `user.slugs.skill_slug` at the time of this migration."""
    name = f"dot{name[1:]}" if name.startswith(".") else name
    name = name.replace("+", "p").replace("#", "sharp").replace(".", "")
    base = slugify(name.replace("/", "-").replace("·", "-"), allow_unicode=True)
    base = base[:55] or "skill"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


class Migration(migrations.Migration):
    dependencies = [("user", "0004_email_and_preferences")]

    operations = [
        migrations.AddField("skill", "slug", models.CharField(max_length=60, null=True)),
        migrations.RunPython(fill_slugs, migrations.RunPython.noop),
        migrations.AlterField(
            "skill",
            "slug",
            models.CharField(
                "주소",
                max_length=60,
                unique=True,
                blank=True,
                help_text="`/skills/` 뒤에 오는 이름. 비우면 이름에서 만듭니다.",
            ),
        ),
    ]
