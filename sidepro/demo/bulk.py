"""Writes many people and projects at once, for demo and load data.

Django sends no signals for bulk writes, so what signals keep true is filled in here.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction

from project.models import Project
from project.models.search import search_text
from user.models import Profile, Skill, User

BATCH = 1000


@transaction.atomic
def add_people(people: Sequence[tuple[Profile, Iterable[Skill]]]) -> None:
    """Insert profiles with their (unsaved) users and skills."""
    User.objects.bulk_create([profile.user for profile, _ in people], BATCH)
    for profile, _ in people:
        profile.user = profile.user  # takes over the key that the user has now
    Profile.objects.bulk_create([profile for profile, _ in people], BATCH)
    through = Profile.skills.through
    rows = [
        through(profile_id=profile.pk, skill_id=skill.pk)
        for profile, skills in people
        for skill in skills
    ]
    through.objects.bulk_create(rows, BATCH)


@transaction.atomic
def add_projects(projects: Sequence[tuple[Project, Sequence[Skill]]]) -> None:
    """Insert projects with their skills and what they are found by."""
    for project, skills in projects:
        project.search_text = search_text(project, skills)
    Project.objects.bulk_create([project for project, _ in projects], BATCH)
    through = Project.skills.through
    rows = [
        through(project_id=project.pk, skill_id=skill.pk)
        for project, skills in projects
        for skill in skills
    ]
    through.objects.bulk_create(rows, BATCH)
