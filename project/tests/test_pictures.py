"""The gallery of a project: six pictures of one's own, in their order, and no others."""

from datetime import timedelta

import pytest
import yaml
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation.models import Report
from project.models import Draft, Picture, Project
from project.services import remove_unused_images
from project.tests.factories import ProjectFactory
from user.models import Image
from user.tests.factories import ImageFactory

pytestmark = pytest.mark.django_db

BOARD = "/api/v1/projects/"
LONG_AGO = timedelta(days=61)


def image(owner, letter="a", **fields):
    name = f"images/{letter * 32}"
    return ImageFactory(owner=owner, file=f"{name}.webp", card=f"{name}.card.webp", **fields)


def address(letter="a"):
    return f"/media/images/{letter * 32}.webp"


def sent(letters, alt=""):
    return [{"url": address(letter), "alt": alt} for letter in letters]


def page(project):
    return f"{BOARD}{project.pk}/"


def shown(body):
    return "".join(picture["url"][-6] for picture in body["pictures"])


@pytest.fixture
def images(owner):
    return [image(owner, letter) for letter in "abcdef0"]


@pytest.fixture
def project(owner, images):
    project = ProjectFactory(author=owner)
    for position, one in enumerate(images[:3]):
        Picture.objects.create(project=project, image=one, position=position)
    return project


def test_a_new_project_shows_its_pictures_in_order_with_their_size_and_words(
    as_user, api, owner, images
):
    body = {"title": "x", "pictures": [*sent("b", "첫 화면"), *sent("a")]}
    made = as_user(owner).post(BOARD, body)
    assert made.status_code == 201
    seen = api.get(f"{BOARD}{made.json()['id']}/").json()
    assert shown(seen) == "ba"
    assert seen["pictures"][0] == {
        "url": address("b"),
        "card": address("b").replace(".webp", ".card.webp"),
        "alt": "첫 화면",
        "width": 800,
        "height": 600,
    }


def test_a_change_replaces_the_gallery_and_leaves_it_where_it_is_not_sent(as_user, owner, project):
    client = as_user(owner)
    assert shown(client.patch(page(project), {"title": "neu"}).json()) == "abc"
    assert shown(client.patch(page(project), {"pictures": sent("cdab")}).json()) == "cdab"
    assert shown(client.patch(page(project), {"pictures": []}).json()) == ""
    assert Image.objects.count() == 7  # a draft may still show them


def test_a_change_takes_no_picture_without_its_address(as_user, owner, project):
    client = as_user(owner)
    response = client.patch(page(project), {"pictures": [{"alt": "x"}]})
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "pictures.0.url"
    without_words = [{"url": address("b")}]
    assert shown(client.patch(page(project), {"pictures": without_words}).json()) == "b"


def test_what_was_read_can_be_sent_back(as_user, owner, project):
    client = as_user(owner)
    pictures = client.get(page(project)).json()["pictures"]
    again = client.patch(page(project), {"pictures": pictures})
    assert (again.status_code, again.json()["pictures"]) == (200, pictures)


@pytest.mark.parametrize(
    ("pictures", "code", "attr"),
    [
        (sent("abcdef0"), "max_length", "pictures"),
        ([{}] * 100_000, "max_length", "pictures"),
        (sent("aba"), "picture_twice", "pictures"),
        (sent("a9"), "image_unknown", "pictures.1.url"),
        ([{"url": "https://elsewhere.example/x.png"}], "image_unknown", "pictures.0.url"),
        ([{"url": "http://[/images/" + "a" * 32 + ".webp"}], "image_unknown", "pictures.0.url"),
        ([{"url": "nul\x00"}], "null_characters_not_allowed", "pictures.0.url"),
        ([{"url": 5.5}], "image_unknown", "pictures.0.url"),
        ([{"url": ["x"]}], "invalid", "pictures.0.url"),
        ([{"alt": "x"}], "required", "pictures.0.url"),
        ([{"url": address(), "alt": "x" * 201}], "max_length", "pictures.0.alt"),
        ([5], "invalid", "pictures.0"),
        ("x", "not_a_list", "pictures"),
        (None, "null", "pictures"),
    ],
)
def test_refuses_what_is_no_gallery_and_writes_nothing(
    as_user, owner, images, pictures, code, attr
):
    response = as_user(owner).post(BOARD, {"title": "x", "pictures": pictures})
    assert response.status_code == 400
    errors = {
        (error["code"], error["attr"].split(".non_field")[0]) for error in response.json()["errors"]
    }
    assert (code, attr) in errors
    assert not Project.objects.exists()


def test_takes_nobody_elses_picture(as_user, owner, stranger):
    image(stranger)
    response = as_user(owner).post(BOARD, {"title": "x", "pictures": sent("a")})
    assert response.status_code == 400
    assert not Picture.objects.exists()


def test_a_moderator_may_leave_and_reorder_the_authors_pictures(as_user, admin, project):
    assert shown(as_user(admin).patch(page(project), {"pictures": sent("ca")}).json()) == "ca"


def test_writing_and_reading_cost_the_same_whatever_the_number_of_pictures(
    as_user, api, owner, images
):
    project = ProjectFactory(author=owner)
    client = as_user(owner)
    api.get(page(project))  # counts a view
    writes, reads = [], []
    for letters in ("a", "abcdef"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.patch(page(project), {"pictures": sent(letters)})
        writes.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            assert shown(api.get(page(project)).json()) == letters
        reads.append(len(queries))
    assert writes[0] == writes[1]
    assert reads[0] == reads[1]


def test_a_gallery_is_read_in_the_query_of_its_page(project):
    with CaptureQueriesContext(connection) as queries:
        found = Project.objects.for_page(None).get(pk=project.pk)
    assert [len(found.picture_list), len(queries)] == [3, 1]


def test_the_database_takes_no_seventh_picture_and_none_twice(owner, images, project):
    for position, one in ((6, images[6]), (3, images[0]), (0, images[6])):
        with pytest.raises(IntegrityError), transaction.atomic():
            Picture.objects.create(project=project, image=one, position=position)


def test_the_clean_up_removes_pictures_that_were_taken_out_and_keeps_the_others(
    as_user, owner, project
):
    as_user(owner).patch(page(project), {"pictures": sent("b")})
    Image.objects.update(created_at=timezone.now() - LONG_AGO)
    remove_unused_images()
    assert shown(as_user(owner).get(page(project)).json()) == "b"
    assert Image.objects.get().file.name.endswith("b" * 32 + ".webp")


def test_a_picture_that_is_deleted_leaves_the_gallery(api, project, images):
    images[1].delete()
    assert shown(api.get(page(project)).json()) == "ac"


def test_a_draft_keeps_its_gallery_to_the_letter_and_its_pictures_alive(as_user, owner, images):
    client = as_user(owner)
    path = "/api/v1/drafts/0b6ff1a8-0c9f-4f2c-8c3e-5a4d1d8b9f10/"
    pictures = [{"url": address("b"), "alt": " 반쯤 "}]
    assert client.put(path, {"title": "x", "pictures": pictures}).status_code == 201
    assert client.get(path).json()["pictures"] == pictures
    Image.objects.update(created_at=timezone.now() - LONG_AGO)
    remove_unused_images()
    assert list(Draft.objects.get().images.all()) == [images[1]]
    assert Image.objects.get() == images[1]


def test_a_report_keeps_where_the_pictures_are_and_what_they_are_said_to_show(
    as_user, stranger, project, images
):
    project.pictures.filter(position=1).update(alt="나쁜 말")
    project.thumbnail = images[5]
    project.save()
    body = {"kind": "project", "id": project.pk, "reason": "abuse", "note": ""}
    assert as_user(stranger).post("/api/v1/reports/", body).status_code == 201
    kept = Report.objects.get().kept[0]["text"].split("\n\n")
    assert kept[-4:] == [address("f"), address("a"), f"{address('b')} 나쁜 말", address("c")]


def test_the_schema_says_how_many_pictures_a_gallery_takes():
    schema = yaml.safe_load((settings.BASE_DIR / "sidepro/schema.yaml").read_text())
    schemas = schema["components"]["schemas"]
    for name in ("Project", "ProjectRequest", "PatchedProjectRequest"):
        assert schemas[name]["properties"]["pictures"]["maxItems"] == 6
