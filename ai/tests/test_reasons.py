"""The faults a list of recommendations can have, each seen once: what is shown, and why."""

from pathlib import Path
from random import Random

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from ai.files import generations, health
from ai.similarity.job import build_similarity
from ai.tests.people import give, keep, person, project_by
from moderation.models import Block
from project.models import Bookmark, Dismissal, Project
from project.services import set_bookmark
from user.models import Profile, User

pytestmark = pytest.mark.django_db
URL = "/api/v1/recommendations/"


@pytest.fixture(autouse=True)
def many_neighbours(settings):
    settings.SIMILARITY_K, settings.SIMILARITY_TASTE_K = 100, 200


@pytest.fixture
def me():
    return person("Python", "Django", "Redis")


@pytest.fixture
def results(me):
    client = APIClient()
    client.force_authenticate(me)

    def get(**query):
        response = client.get(URL, query)
        assert response.status_code == 200, response.content
        return response.json()["results"]

    return get


def ids(results):
    return [result["project"]["id"] for result in results]


def well_known(author, bookmarks, **options):
    return project_by(author, bookmarks=bookmarks, **options)


def test_a_newcomer_s_list_is_full_though_one_author_has_the_fifty_best_known(results):
    busy = person("COBOL")
    for number in range(50):
        well_known(busy, 100 + number)
    others = [well_known(person("COBOL"), 0) for _ in range(12)]
    found = results(limit=12)
    assert len(found) == 12
    authors = [result["project"]["author"]["username"] for result in found]
    assert authors.count(busy.username) == 2
    assert ids(found)[2:] == [project.pk for project in reversed(others)][:10]


def test_the_list_is_full_though_what_neighbours_made_takes_the_best_known_authors(results):
    twin = person("Python", "Django", "Redis")
    authors = [person("COBOL") for _ in range(12)]
    for author in authors:
        for _ in range(3):
            keep(twin, well_known(author, 50, skills=["Redis"]))
    rest = [well_known(person("COBOL"), 0) for _ in range(4)]
    build_similarity()
    found = results(limit=28)
    assert len(found) == 28
    assert set(ids(found)) >= {project.pk for project in rest}


def test_one_who_bookmarked_thousands_does_not_silence_ten_who_are_like_me(results):
    author = person("COBOL")
    projects = Project.objects.bulk_create(
        Project(author=author, title=f"{number}") for number in range(600)
    )
    collector = person("Python", "Django", "Redis")
    Bookmark.objects.bulk_create(Bookmark(user=collector, project=p) for p in projects)
    made = [project_by(person("Python", "Django", "Redis")) for _ in range(10)]
    build_similarity()
    assert {project.pk for project in made} <= set(ids(results(limit=12)))


def test_one_with_many_bookmarks_and_little_in_common_is_not_the_reason_of_everything(results):
    projects = [project_by(person("COBOL")) for _ in range(40)]
    collector = person("Python", "Go", "Vue.js", "Java", "Kotlin", "AWS", "Docker")
    twins = [person("Python", "Django", "Redis") for _ in range(6)]
    for number, project in enumerate(projects):
        keep(collector, project)
        keep(twins[number % 6], project)
    build_similarity()
    found = results(limit=12)
    named = [result["reason"]["username"] for result in found]
    assert collector.username not in named
    assert max(named.count(name) for name in named) <= 2


def test_skills_that_i_no_longer_share_are_not_the_reason(results, me):
    twin = person("Python", "Django", "Redis")
    project = project_by(twin, skills=["Rust"])
    build_similarity()
    give(me, "Rust", "Zig")
    assert [result["reason"] for result in results()] == [
        {"kind": "shared_skills", "skills": ["Rust"]}
    ]
    give(me, "Zig", "Redis")
    reason = results()[0]["reason"]
    assert (reason["shared_skills"], reason["score"]) == (["Redis"], 0.25)
    assert ids(results()) == [project.pk]


def test_many_bookmark_this_is_said_of_what_is_bookmarked_only(results, me):
    give(me)
    known, unknown = well_known(person("COBOL"), 3), well_known(person("COBOL"), 0)
    assert [(result["project"]["id"], result["reason"]["kind"]) for result in results()] == [
        (known.pk, "popular"),
        (unknown.pk, "new"),
    ]


@pytest.fixture
def like_minded(me):
    """A user of another stack who bookmarked what I did, and one project more."""
    other = person("Swift")
    shared = [project_by(person("COBOL"), title=f"Shared {number}") for number in range(4)]
    for project in shared:
        keep(me, project)
        keep(other, project)
    liked = project_by(person("COBOL"))
    keep(other, liked)
    build_similarity()
    return other, shared, liked


def test_who_bookmarked_the_same_is_named_with_what_that_was(results, like_minded):
    other, shared, liked = like_minded
    first = results()[0]
    assert first["project"]["id"] == liked.pk
    assert first["reason"] == {
        "kind": "similar_taste",
        "username": other.username,
        "relation": "bookmarked",
        "shared_projects": [{"id": p.pk, "title": p.title} for p in reversed(shared[1:])],
    }


def test_shared_bookmarks_that_are_gone_or_hidden_are_not_the_reason(results, me, like_minded):
    _, shared, liked = like_minded
    Project.objects.filter(pk=shared[0].pk).update(is_hidden=True)
    for project in shared[1:]:
        Bookmark.objects.filter(user=me, project=project).delete()
    reason = next(r["reason"] for r in results() if r["project"]["id"] == liked.pk)
    assert reason == {"kind": "popular"}


def test_shared_bookmarks_whose_author_a_block_parts_from_me_are_not_named(
    results, me, like_minded
):
    _, shared, _ = like_minded
    Block.objects.create(blocker=shared[3].author, blocked=me)
    Block.objects.create(blocker=me, blocked=shared[2].author)
    named = results()[0]["reason"]["shared_projects"]
    assert [project["id"] for project in named] == [shared[1].pk, shared[0].pk]


GONE = {
    "suspended": lambda me, other: User.objects.filter(pk=other.pk).update(is_active=False),
    "I blocked": lambda me, other: Block.objects.create(blocker=me, blocked=other),
    "blocked me": lambda me, other: Block.objects.create(blocker=other, blocked=me),
    "not to be found": lambda me, other: Profile.objects.filter(pk=other.pk).update(
        discoverable=False
    ),
    "deleted": lambda me, other: other.delete(),
}


@pytest.mark.parametrize("how", GONE)
def test_nobody_is_named_who_may_not_be_shown_to_me(results, me, like_minded, how):
    other, _, liked = like_minded
    twin = person("Python", "Django", "Redis")
    made = project_by(twin)
    build_similarity(full=True)
    assert {other.username, twin.username} <= {r["reason"].get("username") for r in results()}
    for someone in (other, twin):
        GONE[how](me, someone)
    found = results()
    assert not {r["reason"].get("username") for r in found} - {None}
    assert liked.pk in ids(found)
    assert (made.pk in ids(found)) is (how == "not to be found")


NAMES = ["Python", "Django", "Redis", "AWS", "React", "Go"]


def something_happens(chance, me, people, projects):
    """Much of what the files say is no longer so."""
    give(me, *chance.sample(NAMES, 3))
    for project in projects:
        if chance.random() < 0.1:
            Project.objects.filter(pk=project.pk).update(is_hidden=True)
        elif chance.random() < 0.1:
            Dismissal.objects.create(user=me, project=project)
    for bookmark in Bookmark.objects.all():
        if chance.random() < 0.2:
            set_bookmark(bookmark.user, bookmark.project_id, bookmarked=False)
    for someone in chance.sample(people, 6):
        GONE[chance.choice([*GONE])](me, someone)


def assert_true(me, result):
    """The reason is true now, and names neither people nor things that may not be shown to me."""
    reason = result["reason"]
    project = Project.objects.get(pk=result["project"]["id"])
    apart = set(Block.objects.apart_from(me))
    mine = set(me.profile.skills.values_list("name", flat=True))
    assert project.author.is_active
    assert not project.is_hidden
    assert project.author_id not in apart
    assert not me.bookmarks.filter(project=project).exists()
    assert not Dismissal.objects.filter(user=me, project=project).exists()
    if reason["kind"] == "shared_skills":
        used = set(project.skills.values_list("name", flat=True))
        assert reason["skills"] == sorted(used & mine) != []
    elif "username" not in reason:
        assert reason["kind"] == ("popular" if project.bookmark_count else "new")
        return
    else:
        other = User.objects.get(username=reason["username"])
        assert other.is_active
        assert other.profile.discoverable
        assert other.pk not in apart
        made = project.author_id == other.pk
        assert reason["relation"] == ("made" if made else "bookmarked")
        assert made or other.bookmarks.filter(project=project).exists()
        theirs = set(other.profile.skills.values_list("name", flat=True))
        if reason["kind"] == "similar_stack":
            assert reason["shared_skills"] == sorted(theirs & mine) != []
            assert reason["score"] == round(len(theirs & mine) / len(theirs | mine), 4)
        for shared in reason.get("shared_projects", []):
            seen = Project.objects.get(pk=shared["id"], title=shared["title"], is_hidden=False)
            assert seen.author.is_active
            assert seen.author_id not in apart
            assert all(user.bookmarks.filter(project=seen).exists() for user in (me, other))
        assert reason["kind"] == "similar_stack" or reason["shared_projects"]


@pytest.mark.parametrize("seed", range(4))
def test_every_reason_is_true_whatever_happened_since_the_files_were_written(results, me, seed):
    chance = Random(seed)
    people = [person(*chance.sample(NAMES, chance.randint(0, 4))) for _ in range(24)]
    projects = [
        project_by(chance.choice([me, *people]), f"Project {n}", chance.sample(NAMES, 2))
        for n in range(40)
    ]
    for someone in [me, *people]:
        for project in chance.sample(projects, 8):
            keep(someone, project)
    build_similarity()
    something_happens(chance, me, people, projects)
    found = results(limit=50)
    assert {"similar_stack", "similar_taste"} & {result["reason"]["kind"] for result in found}
    for result in found:
        assert_true(me, result)


def test_projects_of_those_whom_a_block_parts_from_me_are_not_fillers_either(results, me):
    blocked, blocker = person("COBOL"), person("COBOL")
    for author in (blocked, blocker):
        well_known(author, 9, skills=["Redis"])
    Block.objects.create(blocker=me, blocked=blocked)
    Block.objects.create(blocker=blocker, blocked=me)
    assert results() == []


def test_what_i_dismissed_never_returns_and_others_take_its_place(results, me):
    twin = person("Python", "Django", "Redis")
    for_me = [project_by(twin), well_known(person("COBOL"), 5, skills=["Redis"])]
    other = well_known(person("COBOL"), 1)
    build_similarity()
    for project in for_me:
        Dismissal.objects.create(user=me, project=project)
    assert ids(results()) == [other.pk]


@pytest.mark.parametrize("which", ["part", "taste"])
def test_a_damaged_part_leaves_what_the_other_says(results, me, like_minded, which, settings):
    twin = person("Python", "Django", "Redis")
    made = project_by(twin)
    build_similarity(full=True)
    folder = Path(settings.SIMILARITY_DIR)
    part = folder / (folder / "CURRENT").read_text() / f"{which}-00000.csv"
    part.write_bytes(part.read_bytes()[:-4])
    generations.cached_manifest.cache_clear()
    found = results()
    kinds = {r["project"]["id"]: r["reason"]["kind"] for r in found}
    _, _, liked = like_minded
    assert (kinds[made.pk] == "similar_stack") is (which == "taste")
    assert (kinds[liked.pk] == "similar_taste") is (which == "part")
    assert health.similarity_status()["status"] == "damaged"


def test_bookmarks_of_deleted_projects_leave_a_full_list_with_true_reasons(results, like_minded):
    _, shared, liked = like_minded
    for project in shared:
        project.delete()
    assert [(r["project"]["id"], r["reason"]["kind"]) for r in results()] == [(liked.pk, "popular")]


def test_a_project_that_all_bookmarked_stands_behind_what_fewer_did(results, me):
    author = person("COBOL")
    known, mine = project_by(author), project_by(author)
    rare = project_by(person("COBOL"))
    likes_both = [person("Swift") for _ in range(3)]
    for someone in [*likes_both, *(person("Java") for _ in range(30))]:
        set_bookmark(someone, known.pk, bookmarked=True)
    for someone in likes_both:
        set_bookmark(someone, rare.pk, bookmarked=True)
        set_bookmark(someone, mine.pk, bookmarked=True)
    set_bookmark(me, mine.pk, bookmarked=True)
    build_similarity()
    assert ids(results())[:2] == [rare.pk, known.pk]


class TestPeopleLikeMe:
    URL = "/api/v1/recommendations/people/"

    @pytest.fixture
    def people(self, me):
        client = APIClient()
        client.force_authenticate(me)

        def get():
            response = client.get(self.URL)
            assert response.status_code == 200, response.content
            return response.json()["results"]

        return get

    def test_a_stranger_is_refused(self):
        assert APIClient().get(self.URL).status_code == 401

    def test_the_nearest_come_first_with_what_we_share(self, people):
        cousin, twin = person("Python", "Go"), person("Python", "Django", "Redis")
        person("Swift")
        assert people() == []
        build_similarity()
        assert people() == [
            {
                "person": {"username": twin.username, "image": None},
                "score": 1.0,
                "shared_skills": ["Django", "Python", "Redis"],
            },
            {
                "person": {"username": cousin.username, "image": None},
                "score": 0.25,
                "shared_skills": ["Python"],
            },
        ]

    @pytest.mark.parametrize("how", [*GONE, "closed", "in a room with me", "no skill in common"])
    def test_those_whom_i_may_not_meet_or_know_are_left_out(self, people, me, how):
        from chat.models import Room

        twin = person("Python", "Django", "Redis")
        build_similarity()
        assert len(people()) == 1
        if how == "closed":
            Profile.objects.filter(pk=twin.pk).update(chat_policy="closed")
        elif how == "in a room with me":
            Room.objects.create(low=me, high=twin, asked_by=me, updated_at=timezone.now())
        elif how == "no skill in common":
            give(twin, "Zig")
        else:
            GONE[how](me, twin)
        assert people() == []

    @pytest.mark.parametrize("size", [1, 20])
    def test_the_number_of_queries_is_fixed(self, me, size, django_assert_num_queries):
        for _ in range(size):
            person("Python", "Django")
        build_similarity()
        client = APIClient()
        client.force_authenticate(me)
        with django_assert_num_queries(3):
            assert len(client.get(self.URL, {"limit": 20}).json()["results"]) == size


class TestStarters:
    URL = "/api/v1/recommendations/starters/"

    @pytest.fixture
    def starters(self, me):
        client = APIClient()
        client.force_authenticate(me)
        return lambda: [card["id"] for card in client.get(self.URL).json()["results"]]

    def test_a_stranger_is_refused(self):
        assert APIClient().get(self.URL).status_code == 401

    def test_five_well_known_projects_are_spread_over_my_skills(self, starters):
        for number in range(8):
            well_known(person("COBOL"), 40 + number, skills=["Python"])
        django, redis = (
            well_known(person("COBOL"), 20, skills=[skill]) for skill in ("Django", "Redis")
        )
        well_known(person("COBOL"), 90, skills=["Kotlin"])
        found = starters()
        assert len(found) == 5
        assert {django.pk, redis.pk} <= set(found)
        skills = Project.objects.filter(pk__in=found, skills__name="Kotlin")
        assert not skills.exists()

    def test_who_has_no_skills_gets_well_known_ones_of_several_kinds(self, starters, me):
        give(me)
        for number in range(6):
            well_known(person("COBOL"), 50 + number, skills=["Kotlin"])
        swift = well_known(person("COBOL"), 30, skills=["Swift"])
        assert swift.pk in starters()

    def test_dismissed_and_bookmarked_ones_make_room_for_others(self, starters, me):
        projects = [well_known(person("COBOL"), 9, skills=["Redis"]) for _ in range(7)]
        first = starters()
        Dismissal.objects.create(user=me, project_id=first[0])
        set_bookmark(me, first[1], bookmarked=True)
        second = starters()
        assert len(second) == 5
        assert {first[0], first[1]}.isdisjoint(second)
        assert set(second) <= {project.pk for project in projects}

    def test_projects_without_bookmarks_are_no_help(self, starters):
        well_known(person("COBOL"), 0, skills=["Redis"])
        assert starters() == []

    def test_the_number_of_queries_is_fixed(self, me, django_assert_num_queries):
        for _ in range(9):
            well_known(person("COBOL"), 9, skills=["Redis", "Python"])
        client = APIClient()
        client.force_authenticate(me)
        with django_assert_num_queries(4):
            assert len(client.get(self.URL).json()["results"]) == 5
