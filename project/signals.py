"""Keeps derived facts of projects true, no matter who changes their sources (API, admin, shell)."""

from typing import Any

from django.db.models import F
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from project.models import Comment, Project
from project.notifying import hidden_or_deleted
from user.models import Skill, SkillName, User
from user.signals import skills_merged, username_changed
from user.skills.services import replace_skill


@receiver(pre_save, sender=Project)
def fill_search_text(
    sender: type, instance: Project, raw: bool, update_fields: Any, **_: Any
) -> None:
    """A project is found by what it says now."""
    if not raw and update_fields is None:
        instance.search_text = instance.make_search_text()


@receiver(m2m_changed, sender=Project.skills.through)
def follow_skills(sender: type, instance: Any, action: str, reverse: bool, **_: Any) -> None:
    """A project is found by the skills it uses."""
    if action.startswith("post_") and not reverse:
        Project.objects.filter(pk=instance.pk).refresh_search_text()


@receiver([post_save, post_delete], sender=SkillName)
def follow_skill_names(sender: type, instance: SkillName, **_: Any) -> None:
    """A skill's projects are found by every name that it goes by."""
    Project.objects.filter(skills=instance.skill_id).refresh_search_text()


@receiver(skills_merged)
def follow_merged_skills(sender: type, keeper: Skill, double: Skill, **_: Any) -> None:
    """Projects that used either skill use the one that is left, and are found by all its names."""
    replace_skill(Project.skills.through, "project", keeper, double)
    Project.objects.filter(skills=keeper).refresh_search_text()


@receiver(username_changed)
def follow_username(sender: type, user: User, **_: Any) -> None:
    """A renamed author finds their projects, and mentions lead to the new nickname."""
    Project.objects.filter(author=user).refresh_search_text()
    Comment.objects.mentioning(user).render_again()


@receiver(pre_delete, sender=Project)
def withdraw_notifications(sender: type, instance: Project, **_: Any) -> None:
    """Withdraw the notifications of a project that is gone."""
    hidden_or_deleted(Project, [instance.pk])


@receiver(pre_delete, sender=User)
def unlink_mentions(sender: type, instance: User, **_: Any) -> None:
    """Mentions of an account that is gone lead to nobody, whoever takes its nickname."""
    Comment.objects.mentioning(instance).render_again()


@receiver(pre_delete, sender=User)
def uncount_bookmarks(sender: type, instance: User, **_: Any) -> None:
    """Bookmarks go with the account that made them."""
    Project.objects.filter(bookmarks__user=instance).update(bookmark_count=F("bookmark_count") - 1)
