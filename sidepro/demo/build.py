"""Makes the demo's rows from its texts and pictures, the same ones each time."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from random import Random

from django.contrib.auth.hashers import make_password
from django.db.models import prefetch_related_objects
from django.utils import timezone
from PIL import Image as Pillow
from PIL import ImageOps
from tqdm import tqdm

from project import trending
from project.models import Bookmark, Comment, Picture, Project
from project.services import refresh_skill_counts
from sidepro.demo import art, screens, texts
from sidepro.demo.accounts import LOGINS
from sidepro.demo.bulk import add_people, add_projects
from sidepro.demo.chats import add_chats
from user.constants import ImageKind
from user.images.encoding import CARD_SIZES, EncodedImage
from user.images.storage import store
from user.models import Image, Profile, Skill, User

EMAIL_DOMAIN = "demo.invalid"
# The projects are spread over this many days.
DAYS = 150
PROJECTS_EACH = 4
# So many of the newest ones have a gallery of more screens.
GALLERIES = 8


def build() -> None:
    """Add what of the demo is missing: people, projects, what others say of them, coffee chats."""
    skills = {skill.name: skill for skill in Skill.objects.prefetch_related("names")}
    _add_logins(skills)
    _add_people(skills)
    emails = [login.email for login in LOGINS if not login.admin]
    cast = User.objects.filter(email__endswith=f"@{EMAIL_DOMAIN}") | User.objects.filter(
        email__in=emails
    )
    people = list(cast.select_related("profile").prefetch_related("profile__skills").order_by("pk"))
    projects = _add_projects(people, skills)
    _add_opinions(projects, people)
    person = next(person for person in people if person.email in emails)
    add_chats(person, [other for other in people if other != person])


def _add_logins(skills: dict[str, Skill]) -> None:
    for login in LOGINS:
        if User.objects.filter(email=login.email).exists():
            continue
        create = User.objects.create_superuser if login.admin else User.objects.create_user
        user = create(login.email, login.username, login.password, email_verified_at=timezone.now())
        user.profile.description = login.description
        user.profile.image = _picture(user, ImageKind.PROFILE, art.avatar(login.username))
        user.profile.save(update_fields=["description", "image"])
        user.profile.skills.set([skills[name] for name in login.skills])


def _add_people(skills: dict[str, Skill]) -> None:
    rng = Random("people")
    now = timezone.now()
    taken = {name.lower() for name in User.objects.values_list("username", flat=True)}
    people = []
    for number, person in enumerate(texts.people(), 1):
        joined_at = now - timedelta(days=rng.uniform(DAYS, 2 * DAYS))
        user = User(
            email=f"dev{number:02}@{EMAIL_DOMAIN}",
            username=person.username,
            password=make_password(None),
            joined_at=joined_at,
            email_verified_at=joined_at,
        )
        profile = Profile(
            user=user,
            description=person.description,
            github_url=f"https://github.com/sidepro-demo-{number:02}",
            region=person.region,
            meet_time=person.meet_time,
        )
        if person.username.lower() not in taken:
            people.append((profile, [skills[name] for name in person.skills]))
    add_people(people)
    for profile, _ in tqdm(people, desc="Demo people", unit="", leave=False):
        picture = art.avatar(profile.user.username)
        profile.image = _picture(profile.user, ImageKind.PROFILE, picture)
        profile.save(update_fields=["image"])


def _add_projects(people: Sequence[User], skills: dict[str, Skill]) -> list[Project]:
    """The projects that are not there yet, each by an author who knows its technologies."""
    rng = Random("projects")
    now = timezone.now()
    known = set(Project.objects.filter(author__in=people).values_list("title", flat=True))
    stacks = {person: {skill.name for skill in person.profile.skills.all()} for person in people}
    free = dict.fromkeys(people, PROJECTS_EACH)
    ideas = texts.ideas()
    made: list[tuple[Project, list[Skill]]] = []
    for number, idea in enumerate(ideas):
        author = max(
            (person for person in people if free[person]),
            key=lambda person: (len(stacks[person] & set(idea.skills)), free[person]),
        )
        free[author] -= 1
        age = DAYS * ((number + rng.random()) / len(ideas)) ** 1.5
        written = now - timedelta(days=age)
        project = Project(
            author=author,
            title=idea.title,
            summary=idea.summary,
            content=idea.content,
            github_url=f"https://github.com/sidepro-demo/project-{number + 1:03}",
            created_at=written,
            updated_at=written + (now - written) * rng.choice([0, 0, 0.3]),
        )
        if idea.title not in known:
            made.append((project, [skills[name] for name in idea.skills]))
    # older ones first, so that ids grow with time
    made.sort(key=lambda pair: pair[0].created_at)
    for project, picture in _covers([project for project, _ in made]):
        project.thumbnail = _picture(project.author, ImageKind.PROJECT, picture)
    add_projects(made)
    _add_galleries([project for project, _ in made[-GALLERIES:]])
    return [project for project, _ in made]


def _add_galleries(projects: Sequence[Project]) -> None:
    """Two to four more screens of each."""
    pictures = [
        Picture(
            project=project,
            image=_picture(project.author, ImageKind.PROJECT, screen),
            position=position,
            alt=words,
        )
        for number, project in enumerate(projects)
        for position, (words, screen) in enumerate(screens.gallery(project.title, 2 + number % 3))
    ]
    Picture.objects.bulk_create(pictures)


def _add_opinions(projects: Sequence[Project], people: Sequence[User]) -> None:
    """Bookmarks, views and comments: few have many, as everywhere."""
    rng = Random("opinions")
    now = timezone.now()
    korean, english = texts.comments()
    comments, bookmarks = [], []
    stacks: dict[User | Project, set[str]] = {
        person: {skill.name for skill in person.profile.skills.all()} for person in people
    }
    prefetch_related_objects(projects, "skills")
    stacks |= {project: {skill.name for skill in project.skills.all()} for project in projects}
    for project in projects:
        others = [person for person in people if person != project.author]
        number = min(len(others) // 4, int(3 * rng.paretovariate(0.9)) - 2)
        fans = _likely_fans(others, stacks[project], stacks, number, rng)
        bookmarks += [
            Bookmark(user=fan, project=project, created_at=_after(project.created_at, now, rng))
            for fan in fans
        ]
        project.bookmark_count = len(fans)
        project.view_count = int(len(fans) * rng.uniform(9, 24) + rng.expovariate(1 / 40))
        remarks = korean if any("가" <= letter <= "힣" for letter in project.title) else english
        number = min(len(remarks), rng.choice([0, 0, 1, 2, 2, 3, 4, 6]))
        for remark in rng.sample(remarks, number):
            said = _after(project.created_at, now, rng)
            comments.append(
                Comment(
                    project=project,
                    author=rng.choice(others),
                    body=remark,
                    created_at=said,
                    updated_at=said,
                )
            )
    Bookmark.objects.bulk_create(bookmarks)
    Comment.objects.bulk_create(sorted(comments, key=lambda comment: comment.created_at))
    Project.objects.bulk_update(projects, ["bookmark_count", "view_count"])
    trending.refresh()
    refresh_skill_counts()


def _likely_fans(
    people: Sequence[User],
    uses: set[str],
    stacks: dict[User | Project, set[str]],
    number: int,
    rng: Random,
) -> list[User]:
    """At most so many people whose stack the project uses, the likelier the more of it.

    Now and then it is another user.
    """

    def chance(person: User) -> float:
        """A draw without replacement: the larger the weight, the nearer to 1."""
        shared = len(stacks[person] & uses) / max(len(uses), 1)
        return float(rng.random() ** (1 / (0.001 + shared**4)))

    knowing = sum(1 for person in people if stacks[person] & uses)
    return sorted(people, key=chance, reverse=True)[: min(number, knowing)]


def _after(start: datetime, now: datetime, rng: Random) -> datetime:
    """A moment between the two, sooner rather than later."""
    return start + (now - start) * rng.random() ** 2


def _covers(projects: Sequence[Project]) -> Iterator[tuple[Project, Pillow.Image]]:
    """A cover for each, drawn on two cores."""
    with ThreadPoolExecutor(2) as threads:
        pictures = threads.map(
            lambda project: screens.cover(project.title, project.summary), projects
        )
        bar = tqdm(pictures, desc="Demo projects", unit="", total=len(projects), leave=False)
        yield from zip(projects, bar, strict=True)


def _picture(owner: User, kind: ImageKind, picture: Pillow.Image) -> Image:
    """Store a picture in both sizes, as an upload would."""
    card = ImageOps.fit(picture, CARD_SIZES[kind])
    return store(
        owner, kind, EncodedImage(_webp(picture), _webp(card), picture.width, picture.height)
    )


def _webp(picture: Pillow.Image) -> bytes:
    data = BytesIO()
    picture.save(data, "WEBP", quality=80, method=2)
    return data.getvalue()
