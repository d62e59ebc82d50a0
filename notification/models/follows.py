"""Whom and what people follow, and the new projects that followers have yet to be notified of."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from moderation.models import Block
from notification.constants import TARGET_MAX_LENGTH, TITLE_MAX_LENGTH
from user.models import Skill, User


class FollowQuerySet(models.QuerySet["Follow"]):
    """Queries over follows."""

    def of(self, follower: User, thing: User | Skill) -> "FollowQuerySet":
        """One person's follow of a person or skill, if there is one."""
        follows = self.filter(follower=follower)
        if isinstance(thing, User):
            return follows.filter(person=thing)
        return follows.filter(skill=thing)

    def of_author_or_skills(self, author: User, skill_ids: list[int]) -> "FollowQuerySet":
        """The follows that ask for what this author posts with these skills."""
        return self.filter(Q(person=author) | Q(skill__in=skill_ids))

    def for_list(self, follower: User) -> "FollowQuerySet":
        """What a person follows, without those who are suspended or whom they blocked; one query.

        One who is blocked goes on seeing whom they follow, and is notified of nothing.
        """
        blocked = Block.objects.blocked_by(follower)
        return self.filter(
            Q(person=None) | (Q(person__is_active=True) & ~Q(person__in=blocked)),
            follower=follower,
        ).select_related("person__profile__image", "skill")


class Follow(models.Model):
    """A user wants to hear of a person's, or of a skill's, new projects."""

    follower = models.ForeignKey(User, models.CASCADE, related_name="follows")
    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="followers")
    skill = models.ForeignKey(Skill, models.CASCADE, null=True, related_name="followers")
    created_at = models.DateTimeField("팔로우한 때", default=timezone.now, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "팔로우"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, skill__isnull=False) | Q(person__isnull=False, skill=None),
                name="notification_follow_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("follower")), name="notification_follow_not_oneself"
            ),
            # these also serve the job that walks the followers of a person or skill
            models.UniqueConstraint(
                fields=["person", "follower"], name="notification_follow_person_once"
            ),
            models.UniqueConstraint(
                fields=["skill", "follower"], name="notification_follow_skill_once"
            ),
        ]
        indexes = [
            # what I follow, newest first
            models.Index(
                F("follower"), F("created_at").desc(), F("id").desc(), name="notification_follows"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follower} → {self.person or self.skill}"


class Announcement(models.Model):
    """A new project that its author's and its skills' followers have yet to be notified of.

    Posting writes this one row; the job walks the followers, in the order of their ids, and keeps
    in `last_follower_id` how far it came.
    """

    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    target = models.CharField(max_length=TARGET_MAX_LENGTH, unique=True)
    title = models.CharField(max_length=TITLE_MAX_LENGTH)
    skill_ids: Any = models.JSONField(default=list)
    last_follower_id = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "새 프로젝트 소식"

    def __str__(self) -> str:
        return self.target
