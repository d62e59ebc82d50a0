"""The tech stack (기술 스택): technologies, and the names in Korean and English that they go by."""

import unicodedata
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from user.constants import SKILL_NAME_MAX_LENGTH, SkillCategory
from user.skills.slugs import skill_slug

if TYPE_CHECKING:
    from user.models import User


def key_of(name: str) -> str:
    """What counts of a skill's name: neither case, width, blanks nor punctuation, but `+` and `#`.

    `React-Native`, `react native` and `ReactNative` are one.
    """
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or letter in "+#")


def without_version(key: str) -> str:
    """A name's key without the version that it ends with: `react` of `react19`.

    One letter alone stays what it was: `r2` is no version of R.
    """
    plain = key.rstrip("0123456789")
    return plain if len(plain) > 1 else key


def filter_by_skills(
    rows: models.QuerySet[Any], uses: Any, owner: str, names: Collection[str], match: str
) -> Any:
    """The rows that have "any" or "all" of the skills of these names or aliases.

    `uses` is the table of which `owner` has which skill. Takes one query of its own, and one
    subquery however many skills: a join for each takes PostgreSQL's planner seconds.
    """
    known = Skill.objects.named(names)
    skills = {skill.pk for skill in known.values()}
    used = uses.objects.filter(skill__in=skills)
    if match == "any":
        return rows.filter(models.Exists(used.filter(**{owner: models.OuterRef("pk")})))
    if len(known) < len(set(names)):
        return rows.none()
    counted = used.values(owner).annotate(number=models.Count("skill")).filter(number=len(skills))
    return rows.filter(pk__in=counted.values(owner))


class SkillQuerySet(models.QuerySet["Skill"]):
    """Queries over the tech stack."""

    def named(self, names: Iterable[str]) -> dict[str, "Skill"]:
        """The skills that go by these names or aliases, by the name as it was given; one query.

        A version after a name is not looked at, unless it is part of it (`Java 21`, but `H2`).
        Names that no skill goes by are left out.
        """
        keys = {name: key_of(name) for name in names}
        wanted = {*keys.values(), *map(without_version, keys.values())}
        rows = SkillName.objects.filter(key__in=wanted, skill__in=self)
        skills = {row.key: row.skill for row in rows.select_related("skill")}
        found = {
            name: skills.get(key) or skills.get(without_version(key)) for name, key in keys.items()
        }
        return {name: skill for name, skill in found.items() if skill}

    def search(self, text: str) -> "SkillQuerySet":
        """Skills with a name or alias in which the text stands: exact ones first, then those that
        begin with it, then the more used. An empty text finds all, in alphabetical order. What
        finds nothing is searched without the version that it ends with.
        """
        if not text:
            return self.order_by("name")
        key = key_of(text)
        if not key:
            return self.none()
        plain = without_version(key)
        if plain != key and not self.filter(names__key__contains=key).exists():
            key = plain
        rank = models.Case(
            models.When(names__key=key, then=0),
            models.When(names__key__startswith=key, then=1),
            default=2,
        )
        found = self.filter(names__key__contains=key).annotate(rank=models.Min(rank))
        return found.order_by("rank", "-people_count", "-project_count", "name")


class Skill(models.Model):
    """A technology of the tech stack (기술 스택)."""

    name = models.CharField("이름", max_length=SKILL_NAME_MAX_LENGTH)
    slug = models.CharField(
        "주소",
        max_length=60,
        unique=True,
        blank=True,
        help_text="`/skills/` 뒤에 오는 이름. 비우면 이름에서 만듭니다.",
    )
    category = models.CharField(
        "분류",
        max_length=10,
        choices=SkillCategory,
        default=SkillCategory.TOOL,
        db_default=SkillCategory.TOOL.value,
    )
    # Kept by the crontab (`project.services.refresh_skill_counts`).
    people_count = models.PositiveIntegerField("사용자", default=0, db_default=0, editable=False)
    project_count = models.PositiveIntegerField("프로젝트", default=0, db_default=0, editable=False)

    objects = SkillQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "기술 스택"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="user_skill_name_unique_any_case",
                violation_error_message=_("이미 있는 기술 스택이에요."),
            ),
            models.CheckConstraint(
                condition=models.Q(category__in=SkillCategory.values),
                name="user_skill_category_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, with an address of its own and its name among those it goes by.

        Raises IntegrityError where another skill goes by this name.
        """
        if not self.slug:
            self.slug = skill_slug(self.name, set(Skill.objects.values_list("slug", flat=True)))
        super().save(*args, **kwargs)
        SkillName.objects.update_or_create(
            key=key_of(self.name), skill=self, defaults={"name": self.name}
        )

    def clean(self) -> None:
        """Raise ValidationError where another skill goes by this name."""
        key = key_of(self.name)
        if not key or SkillName.objects.filter(key=key).exclude(skill=self.pk).exists():
            raise ValidationError({"name": _("이미 있는 기술 스택이에요.")}, code="unique")

    def related(self, limit: int = 8) -> list[str]:
        """The names of the skills that its newest 500 holders hold as well, the commonest first."""
        uses = Skill.profiles.through.objects
        holders = uses.filter(skill=self).order_by("-profile_id").values("profile_id")[:500]
        together = Skill.objects.exclude(pk=self.pk).filter(profiles__in=holders)
        common = together.annotate(n=models.Count("profiles")).order_by("-n", "name")
        return list(common.values_list("name", flat=True)[:limit])


class SkillName(models.Model):
    """A name that a skill goes by: its own, or an alias in Korean or English."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="names", verbose_name="기술 스택")
    name = models.CharField("이름", max_length=SKILL_NAME_MAX_LENGTH)
    # Of all skills, no two go by the same (`key_of`).
    key = models.CharField(max_length=SKILL_NAME_MAX_LENGTH, unique=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "다른 이름"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row. Raises IntegrityError where a skill goes by this name already."""
        self.key = key_of(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Raise ValidationError where a skill goes by this name already."""
        self.key = key_of(self.name)
        if not self.key or SkillName.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("이미 있는 기술 스택이에요.")}, code="unique")


class SkillSuggestionQuerySet(models.QuerySet["SkillSuggestion"]):
    """Writes of suggestions."""

    def suggest(self, name: str, user: "User") -> None:
        """Keep that this user misses a skill, once however it is spelled."""
        suggestion, _created = self.get_or_create(key=key_of(name), defaults={"name": name})
        suggestion.suggested_by.add(user)


class SkillSuggestion(models.Model):
    """A technology that users miss in the list; a moderator adds it or drops it."""

    name = models.CharField("이름", max_length=SKILL_NAME_MAX_LENGTH)
    key = models.CharField(max_length=SKILL_NAME_MAX_LENGTH, unique=True, editable=False)
    suggested_by = models.ManyToManyField("user.User", related_name="+", verbose_name="제안한 사람")
    created_at = models.DateTimeField("제안한 때", default=timezone.now, editable=False)

    objects = SkillSuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "기술 스택 제안"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
