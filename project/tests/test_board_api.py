"""The board: orderings, filters, search, pages, and what they cost."""

import unicodedata
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from project.models import Project
from project.services import refresh_skill_counts
from project.tests.factories import ProjectFactory
from user.models import Skill, User
from user.skills.services import merge_skills
from user.tests.factories import UserFactory

BOARD = "/api/v1/projects/"


def titles(response):
    assert response.status_code == 200, response.content
    return [card["title"] for card in response.json()["results"]]


def all_pages(api, url, direction="next"):
    """The titles of each page, following links."""
    pages = []
    while url:
        response = api.get(url)
        pages.append(titles(response))
        url = response.json()[direction]
    return pages


class TestCards:
    def test_say_what_the_board_shows_and_hold_no_email_or_text(self, api, owner):
        ProjectFactory(author=owner, title="부엉이", skills=["Django", "AWS"], comments=2)
        (card,) = api.get(BOARD).json()["results"]
        assert card.pop("id")
        assert card.pop("created_at")
        assert card == {
            "title": "부엉이",
            "summary": "한 줄 소개",
            "thumbnail": None,
            "thumbnail_card": None,
            "github_url": "",
            "demo_url": "",
            "stage": "building",
            "skills": ["AWS", "Django"],
            "author": {"username": "owner", "image": None},
            "view_count": 0,
            "bookmark_count": 0,
            "comment_count": 2,
            "bookmarked": False,
        }

    def test_tell_whether_i_bookmarked_it(self, api, as_user, owner, stranger):
        ProjectFactory(bookmarked_by=[owner])
        assert as_user(owner).get(BOARD).json()["results"][0]["bookmarked"] is True
        assert as_user(stranger).get(BOARD).json()["results"][0]["bookmarked"] is False
        assert api.get(BOARD).json()["results"][0]["bookmarked"] is False

    @pytest.mark.parametrize("rows", [1, 20])
    def test_cost_one_query_for_one_and_for_twenty(
        self, api, as_user, owner, django_assert_num_queries, rows
    ):
        for _ in range(rows):
            ProjectFactory(skills=["Django", "Redis"], comments=2, bookmarked_by=[owner])
        with django_assert_num_queries(1):
            assert len(api.get(BOARD).json()["results"]) == rows
        client = as_user(owner)
        with django_assert_num_queries(2):  # and one for who is asking
            client.get(BOARD)
        # and one for the skills' names, and on PostgreSQL one for the search's candidates
        with django_assert_num_queries(3 if connection.vendor == "postgresql" else 2):
            api.get(f"{BOARD}?skills=Django,Redis&skills_match=all&search=프로젝트&ordering=views")

    def test_hidden_projects_and_those_of_suspended_people_are_not_there(self, api, owner):
        ProjectFactory(title="hidden", is_hidden=True)
        ProjectFactory(title="theirs", author=owner)
        ProjectFactory(title="seen")
        User.objects.filter(pk=owner.pk).update(is_active=False)
        assert titles(api.get(BOARD)) == ["seen"]


@pytest.mark.django_db
class TestOrderings:
    @pytest.fixture
    def projects(self):
        now = timezone.now()
        for title, age, views, bookmarks in (("a", 3, 5, 1), ("b", 2, 1, 9), ("c", 1, 5, 4)):
            ProjectFactory(
                title=title,
                created_at=now - timedelta(days=age),
                view_count=views,
                bookmark_count=bookmarks,
            )

    @pytest.mark.parametrize(
        ("ordering", "expected"), [("newest", "cba"), ("views", "cab"), ("popular", "bca")]
    )
    def test_are_three(self, api, projects, ordering, expected):
        assert "".join(titles(api.get(f"{BOARD}?ordering={ordering}"))) == expected

    def test_newest_is_the_default(self, api, projects):
        assert "".join(titles(api.get(BOARD))) == "cba"


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(params=["newest", "views", "popular"])
    def url(self, request):
        """A board of seven projects, some of them with the same key."""
        now = timezone.now()
        for number in range(7):
            ProjectFactory(
                title=str(number),
                created_at=now - timedelta(days=number // 2),
                view_count=number // 3,
                bookmark_count=number // 4,
            )
        return f"{BOARD}?page_size=2&ordering={request.param}"

    def test_lead_through_all_rows_once_and_back_again(self, api, url):
        forth = all_pages(api, url)
        everything = titles(api.get(url.replace("page_size=2", "page_size=50")))
        assert sum(forth, []) == everything
        last = api.get(url)
        while last.json()["next"]:
            last = api.get(last.json()["next"])
        back = all_pages(api, last.json()["previous"], "previous")
        assert sum(reversed(back), []) == everything[: sum(map(len, back))]
        assert sum(map(len, back)) == 6

    def test_neither_repeat_nor_lose_rows_while_others_write(self, api):
        for number in range(6):
            ProjectFactory(title=str(number))
        first = api.get(f"{BOARD}?page_size=2").json()
        ProjectFactory(title="new")
        Project.objects.get(title="4").delete()
        assert titles(api.get(first["next"])) == ["3", "2"]

    def test_lead_back_when_everything_behind_them_is_gone(self, api):
        for number in range(4):
            ProjectFactory(title=str(number))
        first = api.get(f"{BOARD}?page_size=2").json()
        Project.objects.filter(title__in=["0", "1"]).delete()
        empty = api.get(first["next"]).json()
        assert (empty["results"], empty["next"]) == ([], None)
        assert titles(api.get(empty["previous"])) == ["3", "2"]

    def test_keep_filters_in_their_links(self, api):
        for number in range(3):
            ProjectFactory(title=f"x{number}", skills=["Django"])
        ProjectFactory(title="other")
        pages = all_pages(api, f"{BOARD}?page_size=2&skills=Django")
        assert pages == [["x2", "x1"], ["x0"]]

    @pytest.mark.parametrize(
        "size", ["0", "51", "-1", "x", "", "1e9", "９", "9" * 400, f"{10**4:013}"]
    )
    def test_of_a_bad_size_are_400(self, api, size):
        response = api.get(f"{BOARD}?page_size={size}")
        assert response.status_code == 400
        assert response.json()["errors"][0]["attr"] == "page_size"

    def test_of_another_ordering_are_400(self, api):
        ProjectFactory.create_batch(3)
        link = api.get(f"{BOARD}?page_size=2").json()["next"]
        assert api.get(f"{link}&ordering=views").status_code == 400


@pytest.mark.django_db
class TestFilters:
    @pytest.fixture(autouse=True)
    def projects(self):
        author = UserFactory(username="작가")
        self.fan = UserFactory(username="Fan")
        ProjectFactory(title="both", skills=["Django", "React"], author=author)
        ProjectFactory(title="django", skills=["Django"], bookmarked_by=[self.fan])
        ProjectFactory(title="react", skills=["React"])
        ProjectFactory(title="none")

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("skills=Django,React", ["react", "django", "both"]),
            ("skills=django, REACT", ["react", "django", "both"]),
            ("skills=Django,React&skills_match=any", ["react", "django", "both"]),
            ("skills=Django,React&skills_match=all", ["both"]),
            ("skills=Django,NoSuch&skills_match=all", []),
            ("skills=Django,NoSuch", ["django", "both"]),
            ("skills=NoSuch", []),
            ("author=작가", ["both"]),
            ("author=nobody", []),
            ("bookmarked_by=fan", ["django"]),
            ("bookmarked_by=nobody", []),
            ("skills=React&search=both", ["both"]),
        ],
    )
    def test_narrow_the_board(self, api, query, expected):
        assert titles(api.get(f"{BOARD}?{query}")) == expected

    @pytest.mark.parametrize(
        "query",
        [
            "ordering=oldest",
            "skills_match=some",
            "search=%00",
            "author=%00",
            "bookmarked_by=%00",
            "skills=%00",
            "search=" + "x" * 101,
            "skills=" + "x," * 600,
        ],
    )
    def test_of_other_words_are_400(self, api, query):
        assert api.get(f"{BOARD}?{query}").status_code == 400

    def test_bookmarks_of_suspended_people_are_not_shown(self, api):
        User.objects.filter(pk=self.fan.pk).update(is_active=False)
        assert titles(api.get(f"{BOARD}?bookmarked_by=fan")) == []


@pytest.mark.django_db
class TestSearch:
    @pytest.fixture(autouse=True)
    def projects(self):
        ProjectFactory(
            title="실시간 채팅 서비스",
            summary="Coffee chat for developers",
            author=UserFactory(username="밤부엉이"),
            skills=["Django", "C++", "Vue.js"],
        )
        ProjectFactory(
            title="가계부", summary="100% 무료_앱", skills=["Kotlin"], content="강아지 산책 기록"
        )
        ProjectFactory(title="ＦＵＬＬ Width Café", summary="it's \\ a 'test'")

    @pytest.mark.parametrize(
        ("search", "found"),
        [
            ("채팅", 1),
            ("팅", 1),
            ("실시간채팅", 1),
            ("장고", 1),
            ("cpp", 1),
            ("강아지산책", 1),
            ("강아지 산책", 1),
            ("산책로", 0),
            ("채팅 실시간", 1),
            ("시간 서비", 1),
            ("COFFEE", 1),
            ("offe", 1),
            ("django", 1),
            ("c++", 1),
            ("vue.js", 1),
            ("밤부엉이", 1),
            ("부엉이 django coffee", 1),
            ("100%", 1),
            ("%", 1),
            ("_", 1),
            ("무료_앱", 1),
            ("full", 1),
            ("café", 1),
            ("\\", 1),
            ("'test'", 1),
            ("없는말", 0),
            ("", 3),
            ("   ", 3),
            ("실시간", 1),
        ],
    )
    def test_finds_each_word_in_title_summary_author_skills_and_text(self, api, search, found):
        response = api.get(BOARD, {"search": search})
        assert len(titles(response)) == found

    def test_finds_korean_typed_as_separate_letters(self, api):
        decomposed = unicodedata.normalize("NFD", "채팅")
        assert len(titles(api.get(BOARD, {"search": decomposed}))) == 1

    def test_follows_changes_of_title_skills_and_skill_names(self, api):
        project = Project.objects.get(title="가계부")
        project.title = "새 이름"
        project.save()
        project.skills.set(Skill.objects.filter(name="Redis"))
        assert titles(api.get(BOARD, {"search": "이름 redis"})) == ["새 이름"]
        assert titles(api.get(BOARD, {"search": "kotlin"})) == []
        redis = Skill.objects.get(name="Redis")
        redis.name = "Memurai"
        redis.save()
        assert titles(api.get(BOARD, {"search": "memurai"})) == ["새 이름"]


def test_projects_of_merged_skills_use_and_are_found_by_the_one_that_is_left(api, db):
    keeper, double = Skill.objects.get(name="React"), Skill.objects.create(name="리앸트")
    project = ProjectFactory(title="화면", skills=["리앸트"])
    merge_skills(keeper, double)
    assert list(project.skills.all()) == [keeper]
    for query in ({"search": "리앸트"}, {"search": "reactjs"}, {"skills": "리액트,리앸트"}):
        assert titles(api.get(BOARD, query)) == ["화면"]


def test_skills_say_how_many_visible_people_and_projects_use_them(
    api, db, django_assert_num_queries
):
    ProjectFactory(skills=["Django"])
    ProjectFactory(skills=["Django"], is_hidden=True)
    UserFactory(skills=["Django"])
    UserFactory(skills=["Django"], is_active=False)
    with django_assert_num_queries(1):
        refresh_skill_counts()
    django = next(s for s in api.get("/api/v1/skills/").json() if s["name"] == "Django")
    assert (django["users"], django["projects"]) == (1, 1)
