"""The demo's log-ins, printed by `make run`."""

from typing import NamedTuple


class Login(NamedTuple):
    """An account that anybody may use on a demo site."""

    email: str
    username: str
    password: str
    description: str
    skills: tuple[str, ...] = ()
    admin: bool = False

    def __str__(self) -> str:
        return f"{self.email} / {self.password}" + (" (admin, also at /admin/)" * self.admin)


LOGINS = (
    Login(
        "demo@sidepro.dev",
        "올빼미",
        "night-owl-2026",
        "밤에 만드는 사람. 웹으로 작은 도구를 만들고, 만든 이야기를 나누는 커피챗을 좋아합니다.",
        skills=("TypeScript", "React", "Django", "PostgreSQL", "Redis"),
    ),
    Login(
        "admin@sidepro.dev",
        "부엉이지기",
        "night-owl-admin-2026",
        "SidePro를 돌보는 사람입니다.",
        admin=True,
    ),
)
