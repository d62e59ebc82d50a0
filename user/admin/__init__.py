"""The admin's pages of people and skills.

base        what every app's lists are made of
accounts    accounts, profiles, pictures and log-in sessions
skills      skills, their names, and what people suggest
"""

from user.admin.accounts import ImageAdmin, ProfileAdmin, SessionAdmin, UserAdmin
from user.admin.skills import SkillAdmin, SkillSuggestionAdmin

__all__ = [
    "ImageAdmin",
    "ProfileAdmin",
    "SessionAdmin",
    "SkillAdmin",
    "SkillSuggestionAdmin",
    "UserAdmin",
]
