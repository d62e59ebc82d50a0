"""A project's card: the picture that messengers show of a shared link."""

import io
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageFont

from project.models import Project
from project.tests.factories import ProjectFactory
from sidepro.pages import cards, drawing
from sidepro.pages.drawing import Words
from sidepro.pages.shell import MARKS
from user.accounts import note_new_username
from user.models import Skill, User
from user.tests.factories import UserFactory

SITE = "https://sidepro.example"
TITLES = [
    "부엉이 시계",
    "밤을 새워 만든 사이드 프로젝트를 나누고 " * 5,
    "a" * 100,
    "🦉🦉🦉",
    "שלום \u202eעולם",
    "\"'></script>]]>\x00",
    "👩‍👩‍👧 가족 앱",
]


def path_of(project):
    return f"/og/projects/{project.pk}-{project.version}.png"


def card_of(client, path):
    """The address of the picture that a page names."""
    html = client.get(path).text
    return html.split('property="og:image" content="')[1].split('"')[0].removeprefix(SITE)


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FRONTEND_URL = SITE
    settings.FRONTEND_DIR = tmp_path
    (tmp_path / "index.html").write_text("".join(MARKS))


@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_picture_of_the_size_that_messengers_show(title):
    skills = ("Django", "C#") * 5
    for words in (
        Words(title, name="부엉이", foot=skills),
        Words("부엉이 님", title * 2, foot=skills),
        Words(title, title),
    ):
        picture = Image.open(io.BytesIO(drawing.draw(words)))
        assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_a_title_has_at_most_three_lines_each_within_the_edge():
    font = drawing._font("Bold", 72)
    for title in TITLES:
        lines = drawing.wrapped(drawing.known_letters(title, font), font, drawing.WIDTH, 3)
        assert len(lines) <= 3
        assert all(font.getlength(line) <= drawing.WIDTH for line in lines)
    assert drawing.wrapped("a" * 300, font, drawing.WIDTH, 3)[-1].endswith("…")
    assert drawing.known_letters("🦉 부엉이 🦉", font) == "부엉이"


@pytest.mark.django_db
def test_cards_of_earlier_versions_and_of_what_is_not_shown_are_removed(
    client, django_assert_num_queries
):
    assert cards.remove_outdated() == 0  # without the folder
    kept, changed, hidden, deleted = ProjectFactory.create_batch(4)
    for project in (kept, changed, hidden, deleted):
        assert client.get(path_of(project)).status_code == 200
    default_storage.save("cards/not-ours.txt", ContentFile(b"x"))
    Project.objects.filter(pk=changed.pk).update(version=2)
    Project.objects.filter(pk=hidden.pk).update(is_hidden=True)
    deleted.delete()
    with django_assert_num_queries(1):
        assert cards.remove_outdated() == 3
    assert set(default_storage.listdir("cards")[1]) == {f"{kept.pk}-1.png", "not-ours.txt"}


@pytest.mark.django_db
def test_cards_of_people_as_they_were_and_of_who_is_gone_are_removed(
    client, django_assert_num_queries
):
    kept, changed, suspended, renamed = UserFactory.create_batch(4, skills=["Django"])
    paths = [card_of(client, f"/users/{one.username}") for one in (kept, changed, suspended)]
    paths += [card_of(client, f"/users/{renamed.username}"), card_of(client, "/skills/django")]
    for path in paths:
        assert client.get(path).status_code == 200
    old = cards.of_skill({"name": "Djang0", "slug": "django"})
    default_storage.save(old.file, ContentFile(b"x"))
    type(changed.profile).objects.filter(pk=changed.pk).update(description="다른 소개")
    User.objects.filter(pk=suspended.pk).update(is_active=False)
    User.objects.filter(pk=renamed.pk).update(username="다른이름")
    with django_assert_num_queries(3):
        assert cards.remove_outdated() == 4
    assert [f"cards/users/{name}" for name in default_storage.listdir("cards/users")[1]] == [
        unquote(paths[0]).replace("/og", "cards", 1)
    ]
    assert client.get(paths[4]).status_code == 200
    assert len(default_storage.listdir("cards/skills")[1]) == 1


@pytest.mark.django_db
def test_a_card_is_drawn_once_a_version_and_kept_for_a_year(client, monkeypatch):
    project = ProjectFactory()
    drawn = []
    quantize = Image.Image.quantize
    monkeypatch.setattr(
        Image.Image, "quantize", lambda *args: drawn.append(args) or quantize(*args)
    )
    first, again = client.get(path_of(project)), client.get(path_of(project))
    assert first["Content-Type"] == "image/png"
    assert "max-age=31536000" in first["Cache-Control"]
    assert first.content == again.content
    assert len(drawn) == 1
    old = path_of(project)
    Project.objects.filter(pk=project.pk).update(version=2, title="다른 제목")
    project.refresh_from_db()
    assert client.get(old)["Location"] == path_of(project)
    assert client.get(path_of(project)).content != first.content


@pytest.mark.django_db
def test_a_hidden_project_has_no_card_also_when_it_was_drawn_before(client):
    project = ProjectFactory()
    assert client.get(path_of(project)).status_code == 200
    Project.objects.filter(pk=project.pk).update(is_hidden=True)
    assert client.get(path_of(project)).status_code == 404
    assert client.get("/og/projects/999-1.png").status_code == 404


@pytest.mark.django_db
def test_every_public_page_names_a_picture_that_is_there_and_says_what_it_shows(client):
    author = UserFactory(username="밤부엉이", skills=["Django"])
    project = ProjectFactory(author=author)
    own = (f"/projects/{project.pk}", "/users/밤부엉이", "/skills/django")
    shared = ("/", "/projects", "/people", "/terms", "/privacy", "/login", "/signup")
    for path in own + shared:
        html = client.get(path).text
        picture = client.get(card_of(client, path))
        assert picture.status_code == 200, path
        assert Image.open(io.BytesIO(picture.content)).size == (1200, 630)
        assert "immutable" in picture["Cache-Control"]
        for name, value in (
            ("og:image:width", "1200"),
            ("og:image:height", "630"),
            ("twitter:card", "summary_large_image"),
        ):
            assert f'="{name}" content="{value}"' in html, path
        assert 'property="og:image:alt" content=""' not in html
        assert html.count('="og:image:alt"') == html.count('="twitter:image:alt"') == 1
    assert len({card_of(client, path) for path in own}) == 3
    assert {card_of(client, path) for path in shared} == {cards.of_site().path}
    assert "og:image" not in client.get("/nothing/here").text


@pytest.mark.django_db
def test_another_version_leads_to_the_picture_as_it_is_now(client):
    person = UserFactory(username="밤부엉이", skills=["Django"])
    before = card_of(client, "/users/밤부엉이")
    assert client.get(before).status_code == 200
    type(person.profile).objects.filter(pk=person.pk).update(description="소개")
    now = client.get(before)["Location"]
    assert now == card_of(client, "/users/밤부엉이") != before
    assert client.get(now).status_code == 200
    note_new_username(person, "owl")  # their name before
    assert client.get("/og/users/owl-000000000000.png")["Location"] == now
    for kind, path in (("skills/django", "/skills/django"), ("site/owl", "/")):
        answer = client.get(f"/og/{kind}-000000000000.png")
        assert answer["Location"] == card_of(client, path)
        assert len(default_storage.listdir("cards")[1]) == 0  # nothing is drawn for it


@pytest.mark.django_db
def test_who_is_suspended_has_no_card_and_looks_like_one_who_never_was(client):
    person = UserFactory(username="밤부엉이")
    path = card_of(client, "/users/밤부엉이")
    assert client.get(path).status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    suspended = client.get(path)
    unknown = client.get("/og/users/nobody-000000000000.png")
    assert suspended.status_code == unknown.status_code == 404
    assert suspended.content == unknown.content
    assert client.get("/og/skills/nothing-000000000000.png").status_code == 404
    assert client.get("/og/skills/django-1.png").status_code == 404


@pytest.mark.django_db
def test_what_people_write_of_themselves_breaks_no_card_and_no_head(client):
    for number, text in enumerate(TITLES):
        person = UserFactory(username=f"owl{number}")
        text = text.replace("\x00", "")  # the API takes none
        type(person.profile).objects.filter(pk=person.pk).update(description=text)
        assert client.get(card_of(client, f"/users/owl{number}")).status_code == 200
    skill = Skill.objects.create(name="\"'></script>🦉")
    assert client.get(card_of(client, f"/skills/{skill.slug}")).status_code == 200


@pytest.mark.django_db
def test_a_storage_that_is_away_costs_no_card(client, monkeypatch):
    def away(*args):
        raise OSError

    monkeypatch.setattr(default_storage, "save", away)
    assert client.get(path_of(ProjectFactory())).status_code == 200


@pytest.mark.django_db
def test_half_a_card_on_a_full_disk_is_not_kept(client, monkeypatch, settings):
    def failing(name, content):
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True)
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    project = ProjectFactory()
    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "save", failing)
        first = client.get(path_of(project))
    assert not list(settings.MEDIA_ROOT.rglob("*.png"))
    assert client.get(path_of(project)).content == first.content


def test_the_font_is_there_on_every_machine_that_has_the_front_end(settings):
    for weight in ("Bold", "Regular"):
        ImageFont.truetype(str(settings.CARD_FONTS / f"Pretendard-{weight}.otf"), 20)
