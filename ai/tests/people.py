"""A cast for the tests: people with skills, and what they wrote."""

from itertools import count

from project.models import Project
from project.services import set_bookmark
from user.models import Skill, User

numbers = count(1)


def person(*skills, name=None):
    number = next(numbers)
    user = User.objects.create(email=f"p{number}@example.com", username=name or f"person{number}")
    make_profile(user)
    give(user, *skills)
    return user


def make_profile(user):
    from user.models import Profile

    Profile.objects.get_or_create(user=user)


def skill(name):
    """The skill that goes by this name, made where there is none."""
    return Skill.objects.named([name]).get(name) or Skill.objects.create(name=name)


def give(user, *names):
    """Let the user hold exactly these skills."""
    user.profile.skills.set([skill(name) for name in names])


def project_by(author, title="A project", skills=(), bookmarks=0):
    project = Project.objects.create(author=author, title=title, bookmark_count=bookmarks)
    project.skills.set([skill(name) for name in skills])
    return project


def keep(user, project):
    set_bookmark(user, project.pk, bookmarked=True)
