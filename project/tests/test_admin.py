"""Projects, comments and bookmarks in the admin, and what moderation does to the board."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from project.models import Bookmark, Comment, Project
from project.services import set_bookmark
from project.tests.factories import CommentFactory, ProjectFactory
from user.models import Skill
from user.tests.factories import ImageFactory, UserFactory

BOARD = "/api/v1/projects/"


@pytest.fixture
def desk(client, admin):
    """The admin's browser, logged in."""
    client.force_login(admin)
    return client


def changelist(model):
    return reverse(f"admin:project_{model._meta.model_name}_changelist")


def act(desk, action, *rows):
    body = {"action": action, "_selected_action": [row.pk for row in rows]}
    return desk.post(changelist(type(rows[0])), body, follow=True)


def project_form(project, **changes):
    """What the page of a project sends."""
    return {
        "author": project.author_id,
        "title": project.title,
        "summary": project.summary,
        "content": project.content,
        "github_url": project.github_url,
        "demo_url": project.demo_url,
        "stage": project.stage,
        "skills": [skill.pk for skill in project.skills.all()],
    } | changes


def titles(client):
    return [card["title"] for card in client.get(BOARD).json()["results"]]


class TestLists:
    @pytest.mark.parametrize("model", [Project, Comment, Bookmark])
    def test_cost_the_same_for_1_row_and_20(self, desk, model):
        def add(number):
            for project in ProjectFactory.create_batch(number, skills=["Django", "Redis"]):
                project.thumbnail = ImageFactory(owner=project.author)
                project.save()
                CommentFactory(project=project)
                set_bookmark(UserFactory(), project.pk, bookmarked=True)

        def cost():
            with CaptureQueriesContext(connection) as queries:
                response = desk.get(changelist(model))
            assert response.status_code == 200
            assert not any("content" in line["sql"].split("FROM")[0] for line in queries)
            return len(queries), len(response.context["cl"].result_list)

        add(1)
        desk.get(changelist(model))  # fills the cache of content types
        few, rows_before = cost()
        add(19)
        many, rows_after = cost()
        assert (rows_before, rows_after) == (1, 20)
        assert many == few

    @pytest.mark.parametrize(
        ("path", "found"),
        [
            ("project/?q=밤부엉", ["밤부엉이 챗"]),
            ("project/?q=밤부엉 redis", ["밤부엉이 챗"]),
            ("project/?q=OWNER", ["밤부엉이 챗"]),
            ("project/?q=없음", []),
            ("project/?is_hidden__exact=1", ["숨은 것"]),
            ("project/?author__is_active__exact=1&is_hidden__exact=0", ["밤부엉이 챗"]),
            ("comment/?q=좋아요", ["좋아요!"]),
            ("comment/?q=critic", ["좋아요!"]),
            ("comment/?is_hidden__exact=1", []),
            ("bookmark/?q=critic", ["critic → 밤부엉이 챗"]),
            ("bookmark/?q=owner", []),
        ],
    )
    def test_search_and_filter(self, desk, owner, path, found):
        project = ProjectFactory(author=owner, title="밤부엉이 챗", skills=["Redis"])
        ProjectFactory(title="숨은 것", is_hidden=True)
        critic = UserFactory(username="critic")
        CommentFactory(project=project, author=critic, body="좋아요!")
        CommentFactory(project=project, body="음")
        set_bookmark(critic, project.pk, bookmarked=True)
        response = desk.get(f"/admin/project/{path}")
        assert response.status_code == 200
        assert [str(row) for row in response.context["cl"].result_list] == found

    def test_a_project_is_filtered_by_its_skill(self, desk):
        redis = ProjectFactory(skills=["Redis", "Django"])
        ProjectFactory(skills=["Django"])
        skill = Skill.objects.get(name="Redis")
        response = desk.get(f"{changelist(Project)}?skills__id__exact={skill.pk}")
        assert list(response.context["cl"].result_list) == [redis]

    def test_projects_say_how_many_comments_they_have(self, desk):
        project = ProjectFactory(comments=3)
        Comment.objects.filter(pk=project.comments.first().pk).update(is_hidden=True)
        row = desk.get(changelist(Project)).context["cl"].result_list[0]
        assert row.comments_made == 3

    @pytest.mark.parametrize("model", [Project, Comment, Bookmark])
    def test_every_page_opens(self, desk, model):
        project = ProjectFactory(comments=1, bookmarked_by=[UserFactory()])
        Comment.objects.update(author=None)
        row = model.objects.get()
        assert str(project.pk) in str(row.pk if model is Project else row.project_id)
        name = f"admin:project_{model._meta.model_name}"
        assert desk.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
        assert desk.get(changelist(model)).status_code == 200
        added = desk.get(reverse(f"{name}_add")).status_code
        assert added == (403 if model is Bookmark else 200)

    @pytest.mark.parametrize(
        ("model", "field", "hit"),
        [
            ("project", "author", "owner"),
            ("project", "skills", "Django"),
            ("comment", "project", "밤부엉이"),
        ],
    )
    def test_references_complete_themselves(self, desk, owner, model, field, hit):
        ProjectFactory(author=owner, title="밤부엉이")
        query = {"app_label": "project", "model_name": model, "field_name": field, "term": hit}
        response = desk.get("/admin/autocomplete/", query)
        assert hit in {found["text"] for found in response.json()["results"]}


class TestModeration:
    def test_a_hidden_project_is_gone_at_once_and_comes_back(self, desk, api, as_user, owner):
        project = ProjectFactory(author=owner, title="하나")
        other = ProjectFactory(title="둘")
        assert titles(api) == ["둘", "하나"]
        act(desk, "hide", project)
        assert list(Project.objects.visible()) == [other]
        assert titles(api) == ["둘"]
        assert api.get(f"{BOARD}{project.pk}/").status_code == 404
        assert as_user(owner).put(f"{BOARD}{project.pk}/bookmark/").status_code == 404
        act(desk, "show", project)
        assert titles(api) == ["둘", "하나"]
        assert api.get(f"{BOARD}{project.pk}/").status_code == 200

    def test_a_hidden_comment_is_gone_at_once_and_comes_back(self, desk, api):
        comment = CommentFactory(body="광고")
        page = f"{BOARD}{comment.project_id}/"
        act(desk, "hide", comment)
        assert not Comment.objects.visible().exists()
        assert api.get(f"{page}comments/").json()["results"] == []
        assert api.get(page).json()["comment_count"] == 0
        act(desk, "show", comment)
        assert api.get(page).json()["comment_count"] == 1

    def test_what_a_suspended_person_wrote_is_gone_at_once_and_comes_back(
        self, desk, api, as_user, owner
    ):
        project = ProjectFactory(author=owner, title="하나")
        comment = CommentFactory(project=ProjectFactory(title="둘"), author=owner)
        phone, page = as_user(owner), f"{BOARD}{comment.project_id}/"
        body = {"_selected_action": [owner.pk]}
        desk.post("/admin/user/user/", body | {"action": "suspend"})
        assert phone.post(BOARD, {"title": "셋"}).status_code == 401
        assert titles(api) == ["둘"]
        assert api.get(f"{BOARD}{project.pk}/").status_code == 404
        assert api.get(page).json()["comment_count"] == 0
        desk.post("/admin/user/user/", body | {"action": "unsuspend"})
        assert titles(api) == ["둘", "하나"]
        assert api.get(page).json()["comment_count"] == 1

    @pytest.mark.parametrize("factory", [ProjectFactory, CommentFactory])
    def test_is_written_into_the_log_for_what_it_changed(self, desk, admin, factory):
        row, hidden = factory(), factory(is_hidden=True)
        response = act(desk, "hide", row, hidden)
        entry = LogEntry.objects.get()
        assert (entry.user, entry.object_id) == (admin, str(row.pk))
        assert entry.get_change_message() == "숨겼어요"
        assert "숨겼어요: 1" in response.content.decode()

    @pytest.mark.parametrize("model", [Project, Comment])
    def test_needs_the_right_to_change(self, client, db, model):
        comment = CommentFactory()
        row = comment if model is Comment else comment.project
        reader = UserFactory.create(is_staff=True)
        name = model._meta.model_name
        reader.user_permissions.add(Permission.objects.get(codename=f"view_{name}"))
        client.force_login(reader)
        assert client.get(changelist(model)).status_code == 200
        act(client, "hide", row)
        row.refresh_from_db()
        assert not row.is_hidden
        reader.user_permissions.add(Permission.objects.get(codename=f"change_{name}"))
        act(client, "hide", row)
        row.refresh_from_db()
        assert row.is_hidden


class TestEditing:
    def test_a_changed_project_is_found_by_what_it_says_now(self, desk, api, owner):
        project = ProjectFactory(author=owner, title="옛 제목", skills=["Django"])
        redis = Skill.objects.get(name="Redis")
        form = project_form(project, title="새 제목", skills=[redis.pk], is_hidden="")
        response = desk.post(f"/admin/project/project/{project.pk}/change/", form)
        assert response.status_code == 302
        for words, number in [("새 redis", 1), ("옛", 0), ("django", 0)]:
            assert len(api.get(BOARD, {"search": words}).json()["results"]) == number

    def test_a_changed_text_keeps_the_pictures_it_shows(self, desk, owner):
        name = "images/0123456789abcdef0123456789abcdef.webp"
        image = ImageFactory(owner=owner, file=name)
        project = ProjectFactory(author=owner)
        form = project_form(project, content=f"![](/media/{name})")
        desk.post(f"/admin/project/project/{project.pk}/change/", form)
        assert list(project.images.all()) == [image]

    def test_a_renamed_author_is_found_by_the_new_name(self, desk, api, owner):
        ProjectFactory(author=owner)
        form = {
            "email": owner.email,
            "username": "밤부엉",
            "profile-TOTAL_FORMS": 1,
            "profile-INITIAL_FORMS": 1,
            "profile-0-user": owner.pk,
        }
        assert desk.post(f"/admin/user/user/{owner.pk}/change/", form).status_code == 302
        assert len(api.get(BOARD, {"search": "밤부엉"}).json()["results"]) == 1

    def test_removed_bookmarks_leave_the_count(self, desk):
        people = UserFactory.create_batch(3)
        project = ProjectFactory(bookmarked_by=people)
        one, *others = Bookmark.objects.all()
        desk.post(f"/admin/project/bookmark/{one.pk}/delete/", {"post": "yes"})
        project.refresh_from_db()
        assert project.bookmark_count == 2
        body = {"action": "delete_selected", "_selected_action": [row.pk for row in others]}
        desk.post(changelist(Bookmark), body | {"post": "yes"})
        project.refresh_from_db()
        assert project.bookmark_count == 0
        assert not Bookmark.objects.exists()

    @pytest.mark.parametrize("deleted", [True, False])
    def test_a_comment_can_be_changed_but_not_put_into_anothers_mouth(
        self, desk, owner, stranger, deleted
    ):
        comment = CommentFactory(author=None if deleted else owner)
        form = {"project": comment.project_id, "author": stranger.pk, "body": "고침"}
        response = desk.post(f"/admin/project/comment/{comment.pk}/change/", form)
        assert response.status_code == 302
        comment.refresh_from_db()
        assert comment.body == "고침"
        assert comment.author == (None if deleted else owner)
