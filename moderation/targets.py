"""What can be reported. The app that owns a kind registers it in its `AppConfig.ready`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from moderation.constants import Kind
from user.models import User


class Kept(TypedDict):
    """Something that was said, as it stood when it was reported."""

    by: str  # the nickname then; empty where the account was deleted
    at: str  # ISO 8601
    text: str
    reported: bool  # whether this is what the report is about, or stands around it


@dataclass(frozen=True)
class Target:
    """A thing that a user reports, found for them."""

    id: str  # one and the same for everybody who reports it
    accused: User | None  # who is responsible; None where the account was deleted
    kept: list[Kept]


@dataclass(frozen=True)
class TargetKind:
    """How things of a kind are found, and hidden.

    `find(reporter, id)` is None for what the reporter cannot see. `hide(id)` hides it from
    everybody, for moderators with `hide_permission`; a kind without it can only be dismissed or its
    author suspended. `admin_path(id)` is the thing's page in the admin.
    """

    kind: Kind
    find: Callable[[User, str], Target | None]
    admin_path: Callable[[str], str]
    hide: Callable[[str], None] | None = None
    hide_permission: str = ""


_kinds: dict[Kind, TargetKind] = {}


def register(kind: TargetKind) -> None:
    """Let things of this kind be reported. Raises ValueError when an app has done so before."""
    if kind.kind in _kinds:
        raise ValueError(f"{kind.kind} is registered")
    _kinds[kind.kind] = kind


def registered() -> Mapping[Kind, TargetKind]:
    """The kinds that can be reported."""
    return _kinds
