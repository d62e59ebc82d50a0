"""Two writers of one text, replies and mentions, and HTML that is made again."""

import pytest

from project.comments import delete_comment
from project.models import Comment, Mention, Project
from project.tests.factories import CommentFactory, ProjectFactory
from project.text import RENDERER_VERSION
from project.text.rendering import keep_mentions, render_comment_body, render_outdated
from user.models import FormerUsername
from user.tests.factories import UserFactory

BOARD = "/api/v1/projects/"


def page(project):
    return f"{BOARD}{project.pk}/"


class TestTwoWriters:
    def test_each_change_is_a_new_version(self, as_user, owner):
        project = ProjectFactory(author=owner)
        client = as_user(owner)
        read = client.get(page(project))
        assert read.json()["version"] == 1
        assert read["ETag"].startswith('"1-')
        changed = client.patch(page(project), {"content": "둘째 **판**"})
        assert changed.json()["version"] == 2
        assert changed["ETag"] == '"2"'
        assert "<strong>판</strong>" in changed.json()["content_html"]

    @pytest.mark.parametrize("how", ["header", "field", "weak header"])
    def test_an_older_text_gets_412_with_what_is_there_now(self, as_user, owner, how):
        project = ProjectFactory(author=owner, version=3, content="지금 글")
        body = {"content": "옛 글에서 고친 글"} | ({"version": 2} if how == "field" else {})
        etag = {"header": '"2"', "weak header": 'W/"2"', "field": None}[how]
        headers = {"If-Match": etag} if etag else {}
        response = as_user(owner).patch(page(project), body, headers=headers)
        assert response.status_code == 412
        assert response["ETag"] == '"3"'
        assert response.json()["errors"][0]["code"] == "outdated"
        assert response.json()["current"]["content"] == "지금 글"
        assert Project.objects.get(pk=project.pk).content == "지금 글"

    @pytest.mark.parametrize(
        ("etag", "version"),
        [
            *(('"3"', None), (None, 3), ('"1", "3"', 3), ("*", None), (None, None)),
            *(('"3-0f"', None), ('W/"3-0f"', None), ('W/"3"', 3)),  # as a proxy compresses it
        ],
    )
    def test_the_newest_text_is_changed(self, as_user, owner, etag, version):
        project = ProjectFactory(author=owner, version=3)
        body = {"title": "새 제목"} | ({"version": version} if version else {})
        response = as_user(owner).patch(
            page(project), body, headers={"If-Match": etag} if etag else {}
        )
        assert response.status_code == 200
        assert response.json()["version"] == 4

    @pytest.mark.parametrize("version", [0, -1, "둘", None, [2], 10**30])
    def test_what_is_no_version_changes_nothing(self, as_user, owner, version):
        project = ProjectFactory(author=owner)
        response = as_user(owner).patch(page(project), {"title": "x", "version": version})
        assert response.status_code in {400, 412}
        assert Project.objects.get(pk=project.pk).title == project.title


class TestStage:
    def test_filters_the_board(self, api, db):
        ProjectFactory(title="구상", stage="idea")
        ProjectFactory(title="공개", stage="launched", demo_url="https://demo.example/")
        body = api.get(f"{BOARD}?stage=launched").json()
        assert [card["title"] for card in body["results"]] == ["공개"]
        assert body["results"][0]["demo_url"] == "https://demo.example/"

    def test_what_is_none_is_400(self, api, db):
        assert api.get(f"{BOARD}?stage=done").status_code == 400


class TestReplies:
    def reply(self, client, comment, body="답글"):
        url = f"{page(comment.project)}comments/"
        return client.post(url, {"body": body, "parent": comment.pk})

    def test_name_what_they_reply_to(self, as_user, owner):
        comment = CommentFactory()
        response = self.reply(as_user(owner), comment)
        assert response.status_code == 201
        assert response.json()["parent"] == comment.pk

    def test_have_no_replies_themselves(self, as_user, owner):
        reply = CommentFactory(parent=CommentFactory())
        Comment.objects.filter(pk=reply.parent_id).update(project=reply.project)
        assert self.reply(as_user(owner), reply).status_code == 400

    @pytest.mark.parametrize("state", ["elsewhere", "hidden", "deleted", "unknown"])
    def test_reply_to_what_can_be_seen_here(self, as_user, owner, state):
        project, comment = ProjectFactory(), CommentFactory()
        parent = 10**30 if state == "unknown" else comment.pk
        if state != "elsewhere":
            Comment.objects.filter(pk=comment.pk).update(project=project)
        if state == "hidden":
            Comment.objects.update(is_hidden=True)
        if state == "deleted":
            comment.delete()
        response = as_user(owner).post(
            f"{page(project)}comments/", {"body": "답글", "parent": parent}
        )
        assert response.status_code == 400

    def test_keep_the_place_of_a_deleted_comment_without_its_words(self, as_user, api, owner):
        comment = CommentFactory(author=owner, body="지울 말")
        reply = CommentFactory(parent=comment, project=comment.project)
        assert as_user(owner).delete(f"/api/v1/comments/{comment.pk}/").status_code == 204
        place, answer = api.get(f"{page(comment.project)}comments/").json()["results"]
        assert place["id"] == comment.pk
        assert place["deleted"] is True
        assert (place["author"], place["body"], place["body_html"]) == (None, "", "")
        assert answer["parent"] == comment.pk
        assert api.get(page(comment.project)).json()["comment_count"] == 1
        assert (
            as_user(owner).patch(f"/api/v1/comments/{comment.pk}/", {"body": "x"}).status_code
            == 404
        )
        delete_comment(reply)
        assert not Comment.objects.exists()

    def test_keep_the_place_of_a_hidden_comment(self, api, db):
        comment = CommentFactory(body="가려진 말", is_hidden=True)
        CommentFactory(parent=comment, project=comment.project)
        place = api.get(f"{page(comment.project)}comments/").json()["results"][0]
        assert place["deleted"] is True
        assert "가려진 말" not in str(place)

    def test_a_comment_without_replies_goes(self, as_user, api, owner):
        comment = CommentFactory(author=owner)
        as_user(owner).delete(f"/api/v1/comments/{comment.pk}/")
        assert api.get(f"{page(comment.project)}comments/").json()["results"] == []

    def test_cost_the_same_for_1_and_20(self, api, db, django_assert_num_queries):
        project = ProjectFactory()
        for number in (1, 20):
            for comment in CommentFactory.create_batch(number, project=project):
                CommentFactory(parent=comment, project=project)
            with django_assert_num_queries(2):
                api.get(f"{page(project)}comments/?page_size=50")


class TestMentions:
    def test_link_to_people_and_return_them(self, db):
        kim = UserFactory(username="Kim")
        UserFactory(username="gone", is_active=False)
        comment = CommentFactory.build(body="@kim님 @gone @nobody `@Kim` [@Kim](https://a.example)")
        assert render_comment_body(comment) == {"kim": kim}
        assert comment.body_html.count('class="mention"') == 1
        assert '<a class="mention" href="/users/Kim"' in comment.body_html
        assert ">@Kim</a>님" in comment.body_html

    def test_find_the_longest_name_before_a_particle(self, db):
        UserFactory(username="소연")
        long = UserFactory(username="소연님")
        comment = CommentFactory.build(body="@소연님께 드려요")
        assert render_comment_body(comment) == {"소연님": long}

    def test_ask_the_database_twice_however_many_there_are(self, db, django_assert_num_queries):
        UserFactory(username="kim")
        with django_assert_num_queries(2):
            render_comment_body(CommentFactory.build(body="@kim @lee @park " * 50))
        with django_assert_num_queries(0):
            render_comment_body(CommentFactory.build(body="없음"))


class TestMentionsKeepWhomTheyMean:
    @pytest.fixture
    def kim(self, db):
        return UserFactory(username="kim")

    @pytest.fixture
    def comment(self, as_user, owner, kim):
        body = {"body": "@kim님 보세요"}
        response = as_user(owner).post(f"{page(ProjectFactory())}comments/", body)
        return Comment.objects.get(pk=response.json()["id"])

    def rename(self, as_user, user, username):
        assert as_user(user).patch("/api/v1/users/me/", {"username": username}).status_code == 200

    def html_of(self, comment):
        render_outdated()
        comment.refresh_from_db()
        return comment.body_html

    def test_after_a_rename_they_lead_to_the_new_name(self, as_user, kim, comment):
        self.rename(as_user, kim, "lee")
        assert 'href="/users/lee"' in self.html_of(comment)
        assert comment.body == "@kim님 보세요"

    def test_they_never_lead_to_a_stranger_who_takes_the_name(self, as_user, kim, comment):
        self.rename(as_user, kim, "lee")
        FormerUsername.objects.all().delete()  # 90 days later
        for name in ("kim", "kim님"):
            UserFactory(username=name)
        assert 'href="/users/lee"' in self.html_of(comment)
        self.rename(as_user, kim, "park")
        assert 'href="/users/park"' in self.html_of(comment)

    def test_those_of_a_deleted_account_are_words(self, kim, comment):
        kim.delete()
        UserFactory(username="kim")
        assert self.html_of(comment) == "<p>@kim님 보세요</p>\n"

    def test_they_keep_their_meaning_when_the_comment_is_edited(self, as_user, owner, kim, comment):
        self.rename(as_user, kim, "lee")
        FormerUsername.objects.all().delete()
        other = UserFactory(username="choi")
        body = {"body": "@kim님과 @choi님 보세요"}
        answer = as_user(owner).patch(f"/api/v1/comments/{comment.pk}/", body)
        assert 'href="/users/lee"' in answer.json()["body_html"]
        assert set(comment.mentions.values_list("name", "user")) == {
            ("kim", kim.pk),
            ("choi", other.pk),
        }

    def test_a_text_of_an_older_renderer_learns_whom_it_means(self, as_user, kim):
        comment = CommentFactory(body="@kim님", renderer_version=3)
        assert 'href="/users/kim"' in self.html_of(comment)
        self.rename(as_user, kim, "lee")
        assert 'href="/users/lee"' in self.html_of(comment)

    def test_rendering_again_costs_the_same_for_1_and_20(self, kim, django_assert_num_queries):
        project = ProjectFactory()
        render_outdated()
        for number in (1, 20):
            comments = CommentFactory.create_batch(
                number, project=project, body="@kim", renderer_version=4
            )
            keep_mentions({comment: {"kim": kim} for comment in comments})
            with django_assert_num_queries(10):
                render_outdated()

    def test_the_words_of_a_deleted_comment_are_forgotten_with_whom_they_meant(self, comment):
        CommentFactory(parent=comment, project=comment.project)
        delete_comment(comment)
        assert not Mention.objects.exists()


class TestRenderingAgain:
    def test_renders_what_an_older_renderer_made_and_goes_on_after_an_end(self, db, monkeypatch):
        monkeypatch.setattr("project.text.rendering.BATCH", 2)
        ProjectFactory.create_batch(3, content="**굵게**")
        CommentFactory(body="`코드`", project=Project.objects.first())
        assert render_outdated(seconds=0) == 0
        assert render_outdated() == 4
        assert set(Project.objects.values_list("content_html", flat=True)) == {
            "<p><strong>굵게</strong></p>\n"
        }
        assert Comment.objects.get().body_html == "<p><code>코드</code></p>\n"
        assert render_outdated() == 0

    def test_what_was_never_rendered_is_shown_all_the_same(self, api, db):
        project = ProjectFactory(content="**굵게**", renderer_version=0)
        assert "<strong>" in api.get(page(project)).json()["content_html"]

    def test_a_text_beyond_the_limits_of_today_is_shown_as_it_was_written(self, db):
        project = ProjectFactory(content=">" * 5000 + "<b>")
        render_outdated()
        project.refresh_from_db()
        assert project.content_html == f"<pre>{'&gt;' * 5000}&lt;b&gt;</pre>"
        assert project.renderer_version == RENDERER_VERSION


class TestPreview:
    def test_is_the_html_that_will_be_published(self, as_user, owner):
        text = "# 제목\n\n1~2주 https://example.com/a를 보세요"
        client = as_user(owner)
        html = client.post("/api/v1/markdown/", {"text": text}).json()["html"]
        published = client.post(BOARD, {"title": "x", "content": text}).json()["content_html"]
        assert html == published
        assert 'href="https://example.com/a"' in html

    def test_is_for_people_who_are_signed_in(self, api, db):
        assert api.post("/api/v1/markdown/", {"text": "x"}).status_code == 401

    @pytest.mark.parametrize("text", [">" * 10_000, "*a " * 16_000, "x" * 50_001, None, 5, {}])
    def test_refuses_what_cannot_be_rendered(self, as_user, owner, text):
        response = as_user(owner).post("/api/v1/markdown/", {"text": text})
        assert response.status_code == (200 if text == 5 else 400)


class TestNothingToSee:
    @pytest.mark.parametrize("nothing", ["\u3164", "\u200b\u200b", "\u2800", " \u00ad "])
    def test_is_neither_title_nor_comment(self, as_user, owner, nothing):
        client = as_user(owner)
        assert client.post(BOARD, {"title": nothing}).status_code == 400
        project = ProjectFactory()
        response = client.post(f"{page(project)}comments/", {"body": nothing})
        assert response.status_code == 400
        assert response.json()["errors"][0]["attr"] == "body"
