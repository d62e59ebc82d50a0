"""A project's card: the picture that messengers show of a shared link."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageFont

from project.models import Project
from project.tests.factories import ProjectFactory
from sidepro.pages import cards

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


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("title", TITLES)
def test_any_title_makes_a_picture_of_the_size_that_messengers_show(title):
    picture = Image.open(io.BytesIO(cards.draw(title, "부엉이", ["Django", "C#"] * 5)))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_a_title_has_at_most_three_lines_each_within_the_edge():
    font = cards._font("Bold", 72)
    for title in TITLES:
        lines = cards.wrapped(cards.known_letters(title, font), font, cards.WIDTH, 3)
        assert len(lines) <= 3
        assert all(font.getlength(line) <= cards.WIDTH for line in lines)
    assert cards.wrapped("a" * 300, font, cards.WIDTH, 3)[-1].endswith("…")
    assert cards.known_letters("🦉 부엉이 🦉", font) == "부엉이"


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
def test_a_card_is_drawn_once_a_version_and_kept_for_a_year(client, monkeypatch):
    project = ProjectFactory()
    drawn = []
    draw = cards.draw
    monkeypatch.setattr(cards, "draw", lambda *args: drawn.append(args) or draw(*args))
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
def test_a_storage_that_is_away_costs_no_card(client, monkeypatch):
    def away(*args):
        raise OSError

    monkeypatch.setattr(default_storage, "save", away)
    assert client.get(path_of(ProjectFactory())).status_code == 200


def test_the_font_is_there_on_every_machine_that_has_the_front_end(settings):
    for weight in ("Bold", "Regular"):
        ImageFont.truetype(str(settings.CARD_FONTS / f"Pretendard-{weight}.otf"), 20)
