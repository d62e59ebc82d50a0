"""Writing, reading, changing and bookmarking a project, and the comments under it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection, connections
from redis.exceptions import ConnectionError as RedisConnectionError
from rest_framework import generics
from rest_framework.test import APIClient

from project import views
from project.models import Bookmark, Comment, Project
from project.tests.factories import CommentFactory, ProjectFactory
from user.models import User
from user.tests.factories import UserFactory

BOARD = "/api/v1/projects/"
NEW = {
    "title": "밤부엉이 챗",
    "summary": "실시간 커피챗",
    "content": "# 소개\n\n```python\nprint('부엉')\n```\n",
    "github_url": "https://github.com/owl/chat",
    "skills": ["django", "Redis"],
}
ELEVEN_SKILLS = [
    "AWS",
    "C",
    "C++",
    "Django",
    "Docker",
    "Flask",
    "Git",
    "HTML",
    "Java",
    "Kafka",
    "Redis",
]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e"


def page(project):
    return f"{BOARD}{project.pk}/"


class TestWriting:
    def test_publishes_and_answers_with_the_page(self, as_user, owner):
        response = as_user(owner).post(BOARD, NEW)
        assert response.status_code == 201
        body = response.json()
        assert {key: body[key] for key in NEW} == NEW | {"skills": ["Django", "Redis"]}
        assert body["author"]["username"] == "owner"
        assert body["editable"] is True

    @pytest.mark.parametrize("gap", ["\n", "\r\n", " \n\n ", "\u2028", "\x0b", "\x85"])
    def test_title_and_summary_have_one_line(self, gap, as_user, owner):
        sent = {"title": f"밤{gap}부엉이  챗{gap}", "summary": f"실시간{gap}커피챗"}
        response = as_user(owner).post(BOARD, sent)
        assert response.status_code == 201
        project = Project.objects.get(pk=response.json()["id"])
        assert (project.title, project.summary) == ("밤 부엉이  챗", "실시간 커피챗")

    def test_needs_only_a_title(self, as_user, owner):
        response = as_user(owner).post(BOARD, {"title": "x"})
        assert response.status_code == 201
        assert response.json()["skills"] == []

    @pytest.mark.parametrize(
        ("change", "attr"),
        [
            ({"title": ""}, "title"),
            ({"title": "   "}, "title"),
            ({"title": "x" * 101}, "title"),
            ({"title": {"a": 1}}, "title"),
            ({"title": "nul\x00"}, "title"),
            ({"summary": "x" * 201}, "summary"),
            ({"content": "x" * 50_001}, "content"),
            ({"content": "a\x00b"}, "content"),
            ({"github_url": "javascript:alert(1)"}, "github_url"),
            ({"github_url": "https://example.com/" + "x" * 300}, "github_url"),
            ({"skills": ["Django", "NoSuch"]}, "skills"),
            ({"skills": "Django"}, "skills"),
            ({"skills": [["Django"]]}, "skills.0"),
            ({"skills": ELEVEN_SKILLS}, "skills"),
            ({"thumbnail": "https://elsewhere.example/x.png"}, "thumbnail"),
            ({"thumbnail": 5}, "thumbnail"),
        ],
    )
    def test_refuses_bad_input_at_the_field_and_writes_nothing(self, as_user, owner, change, attr):
        response = as_user(owner).post(BOARD, NEW | change)
        assert response.status_code == 400
        assert attr in {error["attr"] for error in response.json()["errors"]}
        assert not Project.objects.exists()

    def test_takes_no_word_for_what_the_server_decides(self, as_user, owner, stranger):
        wishes = {
            "id": 999,
            "author": stranger.pk,
            "view_count": 9000,
            "bookmark_count": 9000,
            "is_hidden": True,
            "created_at": "2001-01-01T00:00:00Z",
        }
        body = as_user(owner).post(BOARD, NEW | wishes).json()
        assert body["id"] != 999
        assert body["author"]["username"] == "owner"
        assert (body["view_count"], body["bookmark_count"]) == (0, 0)
        assert not body["created_at"].startswith("2001")

    def test_keeps_hostile_text_as_text(self, as_user, owner):
        texts = dict.fromkeys(["title", "summary", "content"], HOSTILE)
        body = as_user(owner).post(BOARD, texts).json()
        assert {key: body[key] for key in texts} == texts

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ("{", 400),
            ("[" * 100_000, 400),
            ('{"title": NaN}', 400),
            (r'{"title": "\ud800"}', 400),
            (b"\xff\xfe", 400),
            ("[]", 400),
            ('"x"', 400),
            ("null", 400),
            ('{"title": "' + "x" * 1_100_000 + '"}', 413),
        ],
    )
    def test_malformed_and_huge_bodies_are_4xx_in_the_one_shape(self, as_user, owner, body, status):
        response = as_user(owner).generic("POST", BOARD, body, content_type="application/json")
        assert response.status_code == status
        assert response.json()["errors"]

    def test_other_kinds_of_body_are_415(self, as_user, owner):
        response = as_user(owner).generic("POST", BOARD, "title=x", content_type="text/plain")
        assert response.status_code == 415


class TestOwnership:
    @pytest.mark.parametrize(
        ("who", "status"), [("anonymous", 401), ("stranger", 403), ("owner", 200), ("admin", 200)]
    )
    def test_only_the_author_and_admins_change_a_project(
        self, api, as_user, owner, stranger, admin, who, status
    ):
        project = ProjectFactory(author=owner, title="before")
        people = {"stranger": stranger, "owner": owner, "admin": admin}
        client = as_user(people[who]) if who in people else api
        response = client.patch(page(project), {"title": "after"})
        assert response.status_code == status
        project.refresh_from_db()
        assert project.title == ("after" if status == 200 else "before")
        assert project.author == owner

    @pytest.mark.parametrize(
        ("who", "status"), [("anonymous", 401), ("stranger", 403), ("owner", 204), ("admin", 204)]
    )
    def test_only_the_author_and_admins_delete_a_project(
        self, api, as_user, owner, stranger, admin, who, status
    ):
        project = ProjectFactory(author=owner, comments=2, bookmarked_by=[stranger])
        people = {"stranger": stranger, "owner": owner, "admin": admin}
        client = as_user(people[who]) if who in people else api
        assert client.delete(page(project)).status_code == status
        assert Project.objects.exists() == (status != 204)

    def test_suspended_people_change_nothing(self, as_user, owner):
        project = ProjectFactory(author=owner)
        client = as_user(owner)
        User.objects.filter(pk=owner.pk).update(is_active=False)
        assert client.patch(page(project), {"title": "x"}).status_code == 401

    def test_a_partial_change_leaves_the_rest(self, as_user, owner):
        client = as_user(owner)
        created = client.post(BOARD, NEW).json()
        changed = client.patch(f"{BOARD}{created['id']}/", {"summary": "새 소개"}).json()
        assert changed["summary"] == "새 소개"
        assert changed["skills"] == created["skills"]
        assert changed["content"] == created["content"]
        assert changed["updated_at"] > created["updated_at"]

    def test_put_is_not_offered(self, as_user, owner):
        project = ProjectFactory(author=owner)
        assert as_user(owner).put(page(project), NEW).status_code == 405

    def test_being_staff_alone_changes_nothing(self, as_user, owner):
        project = ProjectFactory(author=owner)
        comment = CommentFactory(project=project, author=owner)
        clerk = as_user(UserFactory.create(is_staff=True))
        for address in (page(project), f"/api/v1/comments/{comment.pk}/"):
            assert clerk.patch(address, {"title": "x", "body": "x"}).status_code == 403
            assert clerk.delete(address).status_code == 403
        assert not clerk.get(page(project)).json()["editable"]

    def test_a_moderator_changes_what_their_permission_names(self, as_user, owner):
        project = ProjectFactory(author=owner)
        moderator = UserFactory.create(is_staff=True)
        moderator.user_permissions.add(Permission.objects.get(codename="change_project"))
        assert as_user(moderator).patch(page(project), {"title": "x"}).status_code == 200
        assert as_user(moderator).get(page(project)).json()["editable"]
        assert as_user(moderator).delete(page(project)).status_code == 403

    def test_tells_who_may_edit(self, api, as_user, owner, stranger, admin):
        project = ProjectFactory(author=owner)
        assert api.get(page(project)).json()["editable"] is False
        answers = [
            as_user(u).get(page(project)).json()["editable"] for u in (owner, stranger, admin)
        ]
        assert answers == [True, False, True]


class TestPage:
    @pytest.mark.parametrize("key", ["0", "999", "x", "-1", "9" * 30, "%00", "1%2f"])
    def test_of_an_unknown_project_is_404_in_the_one_shape(self, api, db, key):
        response = api.get(f"{BOARD}{key}/")
        assert response.status_code == 404
        assert response.json()["errors"][0]["code"] == "not_found"

    def test_of_a_hidden_project_is_404(self, api, db):
        assert api.get(page(ProjectFactory(is_hidden=True))).status_code == 404

    def test_costs_a_fixed_number_of_queries(self, api, db, django_assert_num_queries):
        project = ProjectFactory(skills=["Django", "AWS"], comments=20)
        with django_assert_num_queries(2):  # the project, the view
            api.get(page(project))
        with django_assert_num_queries(1):
            api.get(page(project))


class TestViews:
    def test_count_once_a_viewer_in_thirty_minutes(self, api, as_user, stranger):
        project = ProjectFactory()
        client = as_user(stranger)
        counts = [client.get(page(project)).json()["view_count"] for _ in range(2)]
        assert counts == [1, 1]
        assert api.get(page(project)).json()["view_count"] == 2
        other = APIClient(headers={"user-agent": "another browser"})
        assert other.get(page(project)).json()["view_count"] == 2
        assert other.get(page(project), REMOTE_ADDR="192.0.2.7").json()["view_count"] == 3
        cache.clear()  # half an hour later
        assert client.get(page(project)).json()["view_count"] == 4

    @pytest.mark.parametrize(
        "headers",
        [
            {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
            {"user-agent": "facebookexternalhit/1.1; kakaotalk-scrap/1.0"},
            {"user-agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"},
            {"user-agent": "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)"},
            {"user-agent": "Mozilla/5.0 (compatible; Daumoa/4.0; +http://cs.daum.net/)"},
            {"sec-purpose": "prefetch;prerender"},
            {"purpose": "prefetch"},
        ],
    )
    def test_never_count_robots_and_what_is_fetched_ahead(self, api, db, headers):
        project = ProjectFactory()
        assert api.get(page(project), headers=headers).json()["view_count"] == 0
        assert api.head(page(project)).status_code == 200

    @pytest.mark.parametrize("browser", ["KAKAOTALK 10", "DaumApps/1.0", "CUBOT X18"])
    def test_count_people_whose_browser_is_called_almost_like_a_robot(self, api, db, browser):
        headers = {"user-agent": f"Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36 {browser}"}
        assert api.get(page(ProjectFactory()), headers=headers).json()["view_count"] == 1

    def test_never_count_the_author(self, as_user, owner):
        project = ProjectFactory(author=owner)
        assert as_user(owner).get(page(project)).json()["view_count"] == 0

    def test_are_not_counted_and_not_missed_without_the_cache(self, api, db, monkeypatch):
        def broken(*args, **kwargs):
            raise RedisConnectionError("away")

        monkeypatch.setattr("project.viewing.cache.add", broken)
        response = api.get(page(ProjectFactory()))
        assert (response.status_code, response.json()["view_count"]) == (200, 0)


@pytest.fixture
def in_the_meantime(monkeypatch):
    """Make something happen to the row of a request right after its view has found it."""

    def install(happens):
        for module in (generics, views):
            find = module.get_object_or_404

            def found(*args, find=find, **kwargs):
                row = find(*args, **kwargs)
                happens(type(row).objects.filter(pk=row.pk))
                return row

            monkeypatch.setattr(module, "get_object_or_404", found)

    return install


@pytest.mark.django_db(transaction=True)
class TestMeanwhile:
    """What others do while a request is under way is neither lost nor a server error."""

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("patch", "", {"title": "새 제목"}),
            ("put", "bookmark/", None),
            ("delete", "bookmark/", None),
            ("post", "comments/", {"body": "늦은 댓글"}),
        ],
    )
    def test_a_project_deleted_meanwhile_is_404_and_stays_deleted(
        self, as_user, in_the_meantime, method, path, body
    ):
        project = ProjectFactory()
        in_the_meantime(lambda rows: rows.delete())
        response = getattr(as_user(project.author), method)(f"{page(project)}{path}", body)
        assert response.status_code == 404
        assert response.json()["errors"][0]["code"] == "not_found"
        assert not Project.objects.exists()
        assert not Comment.objects.exists()

    def test_a_comment_deleted_meanwhile_is_404(self, as_user, owner, in_the_meantime):
        comment = CommentFactory(author=owner)
        in_the_meantime(lambda rows: rows.delete())
        response = as_user(owner).patch(f"/api/v1/comments/{comment.pk}/", {"body": "고침"})
        assert response.status_code == 404
        assert not Comment.objects.exists()

    def test_what_was_counted_meanwhile_stays_counted(self, as_user, in_the_meantime):
        project = ProjectFactory()
        in_the_meantime(lambda rows: rows.update(bookmark_count=7, view_count=70))
        response = as_user(project.author).patch(page(project), {"title": "새 제목"})
        body = response.json()
        assert (body["title"], body["bookmark_count"], body["view_count"]) == ("새 제목", 7, 70)

    def test_a_project_hidden_meanwhile_stays_hidden(self, as_user, in_the_meantime):
        project = ProjectFactory()
        in_the_meantime(lambda rows: rows.update(is_hidden=True))
        assert as_user(project.author).patch(page(project), {"title": "x"}).status_code == 404
        project.refresh_from_db()
        assert project.is_hidden

    def test_a_changed_title_is_found(self, as_user, api):
        project = ProjectFactory(title="옛날 이름")
        as_user(project.author).patch(page(project), {"title": "부엉이 지도"})
        found = api.get(BOARD, {"search": "부엉이"}).json()["results"]
        assert [card["id"] for card in found] == [project.pk]


class TestBookmarks:
    def test_turn_on_and_off_as_often_as_one_likes(self, as_user, owner):
        project = ProjectFactory()
        client, url = as_user(owner), f"{page(project)}bookmark/"
        answers = [m(url).json() for m in (client.put, client.put, client.delete, client.delete)]
        on, off = ({"bookmarked": b, "bookmark_count": int(b)} for b in (True, False))
        assert answers == [on, on, off, off]

    def test_are_for_people_who_are_signed_in(self, api, db):
        assert api.put(f"{page(ProjectFactory())}bookmark/").status_code == 401

    def test_of_unknown_and_hidden_projects_are_404(self, as_user, owner):
        assert as_user(owner).put(f"{BOARD}999/bookmark/").status_code == 404
        hidden = ProjectFactory(is_hidden=True)
        assert as_user(owner).put(f"{page(hidden)}bookmark/").status_code == 404

    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True)
    def test_two_hundred_toggles_by_fifty_people_at_once_leave_an_exact_count(self, as_user):
        project = ProjectFactory()
        people = UserFactory.create_batch(50)

        def toggle(number):
            client = as_user(people[number % 50])
            method = client.delete if number // 50 == 2 else client.put
            status = method(f"{page(project)}bookmark/").status_code
            connections.close_all()
            return status

        with ThreadPoolExecutor(16) as pool:
            assert set(pool.map(toggle, range(200))) == {200}
        project.refresh_from_db()
        assert project.bookmark_count == Bookmark.objects.filter(project=project).count()

    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True)
    def test_two_hundred_views_by_fifty_people_at_once_count_fifty(self, as_user):
        project = ProjectFactory()
        people = UserFactory.create_batch(50)

        def view(number):
            status = as_user(people[number % 50]).get(page(project)).status_code
            connections.close_all()
            return status

        with ThreadPoolExecutor(16) as pool:
            assert set(pool.map(view, range(200))) == {200}
        project.refresh_from_db()
        assert project.view_count == 50


class TestComments:
    def url(self, project):
        return f"{page(project)}comments/"

    def test_are_read_by_everybody_oldest_first(self, api, db):
        project = ProjectFactory()
        written = [CommentFactory(project=project).pk for _ in range(3)]
        read = api.get(self.url(project)).json()["results"]
        assert [comment["id"] for comment in read] == written

    def test_are_written_by_people_who_are_signed_in(self, api, as_user, owner):
        project = ProjectFactory()
        assert api.post(self.url(project), {"body": "x"}).status_code == 401
        response = as_user(owner).post(self.url(project), {"body": HOSTILE, "author": 1})
        assert response.status_code == 201
        assert response.json()["body"] == HOSTILE
        assert response.json()["author"]["username"] == "owner"

    @pytest.mark.parametrize("body", ["", "  ", "x" * 2001, None, 5.5, {}, "a\x00"])
    def test_refuse_bad_bodies(self, as_user, owner, body):
        project = ProjectFactory()
        response = as_user(owner).post(self.url(project), {"body": body})
        assert response.status_code == (201 if body == 5.5 else 400)

    @pytest.mark.parametrize(
        ("who", "status"), [("anonymous", 401), ("stranger", 403), ("owner", 200), ("admin", 200)]
    )
    def test_only_the_author_and_admins_change_and_delete_one(
        self, api, as_user, owner, stranger, admin, who, status
    ):
        comment = CommentFactory(author=owner, body="before")
        people = {"stranger": stranger, "owner": owner, "admin": admin}
        client = as_user(people[who]) if who in people else api
        url = f"/api/v1/comments/{comment.pk}/"
        assert client.patch(url, {"body": "after"}).status_code == status
        assert client.delete(url).status_code == (204 if status == 200 else status)
        assert Comment.objects.exists() == (status != 200)

    def test_hidden_ones_are_not_there(self, api, as_user, owner):
        project = ProjectFactory()
        hidden = CommentFactory(project=project, author=owner, is_hidden=True)
        assert api.get(self.url(project)).json()["results"] == []
        url = f"/api/v1/comments/{hidden.pk}/"
        assert as_user(owner).patch(url, {"body": "x"}).status_code == 404

    def test_under_hidden_and_unknown_projects_are_404(self, api, as_user, owner):
        hidden = ProjectFactory(is_hidden=True, comments=1)
        assert api.get(self.url(hidden)).status_code == 404
        assert as_user(owner).post(f"{BOARD}999/comments/", {"body": "x"}).status_code == 404
        comment = Comment.objects.get()
        Comment.objects.update(author=owner)
        url = f"/api/v1/comments/{comment.pk}/"
        assert as_user(owner).delete(url).status_code == 404

    @pytest.mark.parametrize("rows", [1, 20])
    def test_cost_two_queries_for_one_and_for_twenty(
        self, api, db, django_assert_num_queries, rows
    ):
        project = ProjectFactory(comments=rows)
        with django_assert_num_queries(2):
            assert len(api.get(self.url(project)).json()["results"]) == rows

    def test_come_in_pages(self, api, db):
        project = ProjectFactory(comments=5)
        first = api.get(f"{self.url(project)}?page_size=3").json()
        second = api.get(first["next"]).json()
        ids = [comment["id"] for comment in first["results"] + second["results"]]
        assert ids == list(Comment.objects.order_by("id").values_list("id", flat=True))
        assert second["next"] is None


@pytest.mark.postgres
def test_text_search_uses_its_index_also_for_two_syllables(db):
    author = UserFactory()
    Project.objects.bulk_create(
        Project(author=author, title="x", search_text=f"프로젝트 {n} 게시판 서비스 {n % 97}")
        for n in range(3000)
    )
    ProjectFactory(title="실시간 채팅")
    with connection.cursor() as cursor:
        # as autovacuum does; new rows wait in a list that makes the index dear
        cursor.execute("SELECT gin_clean_pending_list('project_search_grams_gin')")
        cursor.execute("ANALYZE project_project")
        cursor.execute("SET LOCAL enable_seqscan = off")  # the table is small
    candidates = Project.objects.filter(is_hidden=False, search_text__has_grams="채팅").order_by()
    assert [project.title for project in candidates] == ["실시간 채팅"]
    assert "project_search_grams_gin" in candidates.explain()


def test_common_words_are_found_as_well_as_rare_ones(api, owner, monkeypatch):
    monkeypatch.setattr("project.models.project.COMMON_WORD", 2)
    for number in range(4):
        ProjectFactory(title=f"채팅 {number}", author=owner)
    ProjectFactory(title="팅 채", author=owner)
    for search, found in (("채팅", 4), ("3", 1), ("채팅 3", 1)):
        assert len(api.get(BOARD, {"search": search}).json()["results"]) == found
