"""The lists of taste against their definition, computed plainly."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command

from ai import cron
from ai.files import csv_parts, generations
from ai.similarity import taste
from ai.similarity.bookmarks import Bookmarks
from ai.similarity.job import build_similarity
from ai.tests.people import give, keep, person, project_by
from ai.tests.test_job import crowd
from project.models import Bookmark, Project
from project.services import set_bookmark
from user.models import User

pytestmark = pytest.mark.django_db


def plain(kept, newest_first, stacks, k, most=300):
    """What the design says: {user: [(neighbour, taste, score)]}, from Python's own numbers.

    `kept` is {user: [project]}, newest first; `newest_first` {project: [user]}.
    """
    expected = {}
    for u, mine in kept.items():
        found = {}
        for place, project in enumerate(mine):
            weight = math.exp(-3 * place / len(mine)) / len(newest_first[project]) ** 0.6
            for v in newest_first[project][:most]:
                if v != u:
                    found[v] = found.get(v, 0) + weight
        ranked = sorted(
            (-(t / math.sqrt(len(kept[v]))), v * 2654435761 % 2**32, v) for v, t in found.items()
        )
        expected[u] = [(v, -t, jaccard(stacks.get(u), stacks.get(v))) for t, _, v in ranked[:k]]
    return expected


def jaccard(one, other):
    return len(one & other) / len(one | other) if one and other else 0.0


def random_bookmarks(rng, users, projects, most):
    """Bookmarks in one order of time, as (user, project, id), each once."""
    rows, seen = [], set()
    for number in range(1, 1 + users * most):
        pair = int(rng.integers(1, users + 1)), int(projects * rng.random() ** 3) + 1
        if pair not in seen:
            seen.add(pair)
            rows.append((*pair, number))
    return rows


def computed(rows, stacks, k, most):
    users, projects, ids = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    order = np.lexsort((-ids, users))
    holders = np.array(sorted(stacks), np.int64)
    words = np.array([[sum(1 << s for s in stacks[u])] for u in holders.tolist()], np.uint64)
    index = taste.build_index(
        Bookmarks(users[order], projects[order], ids[order]), holders, words.reshape(-1, 1)
    )
    found = taste.lines((index, k, csv_parts.score_texts()), np.arange(index.user_ids.size))
    lists = {}
    for user, text in zip(index.user_ids.tolist(), found, strict=True):
        fields = [line.split(",") for line in text.decode().splitlines()]
        assert {int(u) for u, *_ in fields} <= {user}
        lists[user] = [(int(v), t, s) for _, v, t, s in fields]
    return lists


@pytest.mark.parametrize(
    ("users", "projects", "most", "k"), [(60, 40, 8, 10), (200, 30, 12, 20), (40, 300, 20, 100)]
)
def test_lists_of_taste_are_what_the_definition_says(users, projects, most, k, monkeypatch):
    monkeypatch.setattr(taste, "MOST_PEOPLE", 25)  # so that some projects have more
    rng = np.random.default_rng(users)
    rows = random_bookmarks(rng, users, projects, most)
    stacks = {u: set(rng.choice(40, rng.integers(1, 8)).tolist()) for u in range(1, users, 2)}
    kept, newest_first = {}, {}
    for user, project, _ in reversed(rows):
        kept.setdefault(user, []).append(project)
        newest_first.setdefault(project, []).append(user)
    assert max(map(len, newest_first.values())) > 25 or projects == 300
    expected = plain(kept, newest_first, stacks, k, most=25)
    found = computed(rows, stacks, k, most)
    assert found.keys() == expected.keys()
    for user, lines in expected.items():
        assert [v for v, _, _ in found[user]] == [v for v, _, _ in lines]
        for (_, t, s), (_, taste_, score) in zip(found[user], lines, strict=True):
            assert float(t) == pytest.approx(taste_, rel=6e-5)
            assert s == f"{score:.4f}"


def test_tastes_of_every_size_are_written_as_python_writes_them():
    rows = [(1, 1, 1), (2, 1, 2)]
    assert computed(rows, {}, 3, 300) == {
        1: [(2, f"{2**-0.6:.4e}", "0.0000")],
        2: [(1, f"{2**-0.6:.4e}", "0.0000")],
    }
    many = [(u, p, u * 1000 + p) for u in (1, 2) for p in range(1, 600)]
    t = sum(math.exp(-3 * i / 599) for i in range(599)) / 2**0.6 / math.sqrt(599)
    assert computed(many, {}, 3, 300)[1] == [(2, f"{t:.4e}", "0.0000")]


def test_a_project_number_beyond_the_table_is_one_as_any_other(monkeypatch):
    rows = [(1, 10**12, 1), (2, 10**12, 2), (2, 5, 3)]
    assert computed(rows, {}, 3, 300)[1][0][0] == 2


@pytest.fixture
def folder(settings):
    return Path(settings.SIMILARITY_DIR)


def tastes(folder):
    found = {}
    for path in (folder / (folder / "CURRENT").read_text()).glob("taste-*.csv"):
        for row in csv.DictReader(path.read_text().splitlines()):
            line = int(row["neighbour_id"]), float(row["taste"]), float(row["score"])
            found.setdefault(int(row["user_id"]), []).append(line)
    return found


def kept_by_crowd(users, seed=1, each=6):
    """The crowd bookmarks projects of one author, some much liked."""
    rng = np.random.default_rng(seed)
    author = person("COBOL")
    projects = [project_by(author) for _ in range(30)]
    pairs = {
        (user.pk, projects[int(30 * rng.random() ** 2)].pk) for user in users for _ in range(each)
    }
    Bookmark.objects.bulk_create(
        Bookmark(user_id=user, project_id=project) for user, project in sorted(pairs)
    )
    for project in projects:
        project.bookmark_count = project.bookmarks.count()
    Project.objects.bulk_update(projects, ["bookmark_count"])
    return projects


def test_the_job_writes_them_in_the_part_of_their_user(folder, settings):
    settings.SIMILARITY_K = settings.SIMILARITY_TASTE_K = 100
    users = crowd(1200)
    kept_by_crowd(users)
    build_similarity()
    manifest = generations.read_manifest(
        generations.open_store(str(folder)), (folder / "CURRENT").read_text()
    )
    assert manifest.taste_k == 100
    assert manifest.taste_users == 1200
    assert len(manifest.taste_parts) == manifest.shards > 1
    for path in (folder / manifest.generation).glob("taste-*.csv"):
        lines = path.read_text().splitlines()[1:]
        assert {int(line.split(",")[0]) % manifest.shards for line in lines} == {
            int(path.name[6:11])
        }
        assert path.stat().st_size < 1_000_000
    _, near = generations.read_neighbours(str(folder), users[0].pk)
    assert len(near) == 100
    found = generations.read_tastes(str(folder), users[0].pk)
    assert found == tastes(folder)[users[0].pk]
    assert len(found) == 100
    assert [t for _, t, _ in found] == sorted((t for _, t, _ in found), reverse=True)
    assert generations.read_tastes(str(folder), 10**9) == []


BOOKMARK_CHANGES = {
    "one set": lambda user, projects: set_bookmark(user, projects[29].pk, bookmarked=True),
    "one taken off": lambda user, projects: set_bookmark(
        user, user.bookmarks.first().project_id, bookmarked=False
    ),
    "all taken off": lambda user, projects: [
        set_bookmark(user, b.project_id, bookmarked=False) for b in user.bookmarks.all()
    ],
    "made behind the services' back": lambda user, projects: Bookmark.objects.create(
        user=user, project=project_by(user)
    ),
    "suspended": lambda user, projects: User.objects.filter(pk=user.pk).update(is_active=False),
    "deleted": lambda user, projects: user.delete(),
    "another stack": lambda user, projects: give(user, "Zig", "Go"),
}


@pytest.mark.parametrize("change", BOOKMARK_CHANGES)
def test_a_change_of_mine_renews_my_list_in_the_next_minute(folder, change):
    users = crowd(300)
    projects = kept_by_crowd(users)
    build_similarity()
    before, user = tastes(folder), users[7]
    pk = user.pk
    BOOKMARK_CHANGES[change](user, projects)
    assert build_similarity().kind == "update"
    after = tastes(folder)
    assert {u: lines for u, lines in after.items() if u != pk} == {
        u: lines for u, lines in before.items() if u != pk
    }
    assert build_similarity(full=True).kind == "full"
    assert after.get(pk) == tastes(folder).get(pk)
    if change in {"all taken off", "suspended", "deleted"}:
        assert pk not in after
    else:
        assert after[pk] != before[pk]


def test_a_bookmark_minute_leaves_the_other_parts_as_they_are(folder, settings):
    settings.SIMILARITY_K = 100
    users = crowd(1200)
    projects = kept_by_crowd(users, each=2)
    build_similarity()
    set_bookmark(users[3], projects[29].pk, bookmarked=True)
    summary = build_similarity()
    assert (summary.kind, summary.changed, summary.written_parts) == ("update", 1, 1)
    assert build_similarity().kind == "unchanged"


def test_a_first_bookmark_makes_a_list(folder):
    users = crowd(100)
    projects = kept_by_crowd(users[1:])
    build_similarity()
    assert users[0].pk not in tastes(folder)
    set_bookmark(users[0], projects[0].pk, bookmarked=True)
    assert build_similarity().kind == "update"
    assert len(tastes(folder)[users[0].pk]) == 5


def test_bookmarks_of_deleted_projects_are_gone_with_the_next_full_build(folder):
    users = crowd(40)
    projects = kept_by_crowd(users)
    build_similarity()
    for project in projects:
        project.delete()
    build_similarity(full=True)
    assert tastes(folder) == {}


def test_without_bookmarks_there_are_parts_without_lines(folder):
    person("Python")
    build_similarity()
    assert tastes(folder) == {}
    assert build_similarity().kind == "unchanged"


def test_a_project_that_all_bookmarked_and_one_who_bookmarked_all(folder):
    users = crowd(60)
    projects = kept_by_crowd(users[1:], each=3)
    for project in projects:
        keep(users[0], project)
    for user in users[1:]:
        Bookmark.objects.get_or_create(user=user, project=projects[0])
    build_similarity()
    found = tastes(folder)
    assert found.keys() == {user.pk for user in users}
    assert all(len(lines) == 5 for lines in found.values())


def test_a_generation_of_the_version_before_is_read_and_built_again(folder, settings):
    users = crowd(60)
    kept_by_crowd(users)
    build_similarity()
    whole = tastes(folder)
    generation = folder / (folder / "CURRENT").read_text()
    manifest = generation / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text[: text.index(',"taste_k"')] + "}")
    for path in generation.glob("taste-*.csv"):
        path.unlink()
    generations.cached_manifest.cache_clear()
    assert generations.read_tastes(str(folder), users[0].pk) == []
    assert generations.read_neighbours(str(folder), users[0].pk)[1]
    assert build_similarity().kind == "full"
    assert tastes(folder) == whole


@pytest.mark.parametrize("how", ["deleted", "cut"])
def test_a_damaged_part_of_tastes_is_repaired_by_the_next_run(folder, how):
    users = crowd(60)
    kept_by_crowd(users)
    build_similarity()
    whole = tastes(folder)
    part = folder / (folder / "CURRENT").read_text() / "taste-00000.csv"
    data = part.read_bytes()
    part.unlink()
    if how == "cut":
        part.write_bytes(data[:-3])
    cron.run()
    assert tastes(folder) == whole


def test_another_number_of_neighbours_by_taste_starts_afresh(folder, settings):
    kept_by_crowd(crowd(60))
    build_similarity()
    settings.SIMILARITY_TASTE_K = 3
    assert build_similarity().kind == "full"
    assert {len(lines) for lines in tastes(folder).values()} == {3}


def stacks(folder):
    """The parts of the generation that is active."""
    generation = folder / (folder / "CURRENT").read_text()
    return {path.name: path.read_bytes() for path in generation.glob("part-*.csv")}


def test_changes_of_all_kinds_at_once_give_the_stacks_a_full_build_gives(folder):
    users = crowd(400)
    projects = kept_by_crowd(users)
    build_similarity()
    give(users[0], "Go", "Vue.js")
    set_bookmark(users[1], projects[29].pk, bookmarked=True)
    User.objects.filter(pk=users[2].pk).update(is_active=False)
    assert build_similarity().kind == "update"
    updated = stacks(folder)
    call_command("build_similarity", "--full")
    assert stacks(folder) == updated
