import numpy as np
import pandas as pd
import pytest
from django.core.management import CommandError, call_command

from ai import ranking
from ai.evaluation import data, judge
from ai.evaluation.methods import TOP, Methods, compute_lists
from ai.management.commands import evaluate_recommendations
from ai.ranking import Candidate, Fact, Neighbour, Person, Starter


@pytest.fixture
def files(tmp_path):
    """Two camps: each keeps its own projects, in their own skill."""
    projects, stars = tmp_path / "projects.csv", tmp_path / "stars.csv"
    lines = ["project_id,title,skills"]
    lines += [f"{p},P{p},{'Python;Django' if p < 40 else 'Swift;iOS'}" for p in range(80)]
    projects.write_text("\n".join(lines) + "\n")
    rng = np.random.default_rng(1)
    lines = ["user_id,project_id"]
    for user in range(60):
        own = rng.permutation(np.arange(40) + 40 * (user % 2))[:25]
        lines += [f"{user},{project}" for project in own]
    stars.write_text("\n".join(lines) + "\n")
    return projects, stars


def test_skills_are_derived_from_what_is_not_held_out():
    skills = {1: ["Python"], 2: ["Python", "Go"], 3: ["Rust"]}
    assert data.derive_skills([1, 2, 3], skills) == ["Python"]
    assert data.derive_skills([2, 3], skills) == ["Python", "Go", "Rust"]


def test_the_first_fifth_of_a_user_s_rows_is_the_newest_and_held_out(files):
    rows = pd.read_csv(files[1]).groupby("user_id")["project_id"].apply(list)
    split = data.read(*files)
    assert split.own == {user: kept[5:] for user, kept in rows.items()}
    assert split.later == {user: set(kept[:5]) for user, kept in rows.items()}


def test_given_rows_are_judged_with_everything_else_known(files, tmp_path):
    held_out = tmp_path / "later.csv"
    held_out.write_text("user_id,project_id\n1,3\n1,79\n999,4\n2,12345\n")
    split = data.read(*files, held_out)
    assert all(len(kept) == 25 for kept in split.own.values())
    assert split.later[1] == {3, 79} - set(split.own[1])
    assert split.able == [1]
    assert 999 not in split.later


def test_in_the_strict_split_neighbours_know_their_oldest_two_fifths(files):
    split = data.read(*files)
    strict = data.strict(split, [7])
    assert strict.own == split.own
    assert strict.others == {user: kept[12:] for user, kept in split.own.items()}


def test_few_known_bookmarks_are_the_newest_of_mine_alone(files):
    split = data.read(*files)
    few = data.newest_known(split, 3)
    assert few.own[4] == split.own[4][:3]
    assert few.others == split.others


def test_nothing_that_is_known_is_recommended_and_no_author_more_than_twice(files):
    split = data.read(*files)
    for project in split.projects.authors:
        split.projects.authors[project] = project % 13
    judged = split.able[:20]
    methods = Methods(split, compute_lists(split, judged, 10, 20), judged, 1)
    for name, method in methods.all().items():
        for user in judged:
            shown = method(user)
            assert len(shown) == len(set(shown)) == TOP
            assert not set(shown) & set(split.own[user]), name
            if name.startswith("SidePro"):
                authors = [split.projects.authors[project] for project in shown]
                assert max(map(authors.count, authors)) <= 2


def test_taste_finds_the_camp_that_popularity_does_not_know(files):
    split = data.read(*files)
    judged = split.able
    methods = Methods(split, compute_lists(split, judged, 10, 20), judged, 1)
    popularity, _, ours = judge.evaluate(split, methods.main(), judged)
    assert ours.recall.mean() > 1.5 * popularity.recall.mean()


def test_a_ratio_of_means_lies_in_its_interval():
    rng = np.random.default_rng(1)
    base = rng.random(500)
    ratio, low, high = judge.ratio_interval(base * 3, base, 1)
    assert ratio == pytest.approx(3)
    assert low <= ratio <= high


def test_the_table_and_the_plots_are_written(files, tmp_path, capsys):
    projects, stars = files
    out = tmp_path / "out"
    options = {"projects": projects, "stars": stars, "out": out, "users": 50, "k": 10}
    call_command("evaluate_recommendations", **options)
    table = (out / "recommendations.md").read_text()
    assert table in capsys.readouterr().out + "\n"
    for name in ["random", "popularity", "SidePro, stack alone", "SidePro"]:
        assert f"| {name} |" in table
    for name in ["neighbour_scores", "recall_by_skills", "recall_by_known", "recall_by_coverage"]:
        assert (out / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    call_command("evaluate_recommendations", **options)
    assert (out / "recommendations.md").read_text() == table


def test_a_wrong_file_is_refused_in_one_sentence(tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("evaluate_recommendations", projects=wrong, stars=wrong)


def test_tuning_compares_constants_on_people_who_are_not_judged(files, tmp_path, capsys):
    projects, stars = files
    options = {"projects": projects, "stars": stars, "out": tmp_path, "k": 10}
    call_command("evaluate_recommendations", **options, users=60, tune=50)
    out = capsys.readouterr().out
    assert "12 users who are never judged" in out
    assert "| damping 0.3 |" in out


def test_no_user_is_judged_by_constants_they_had_a_say_in(files, tmp_path, monkeypatch):
    drawn = {"judge": set(), "tune": set()}
    for what in drawn:
        monkeypatch.setattr(
            evaluate_recommendations.Command,
            what,
            lambda command, split, users, what=what: drawn[what].update(users) or "",
        )
    projects, stars = files
    later = tmp_path / "later.csv"
    later.write_text(
        "user_id,project_id\n" + "".join(f"{u},{79 * (1 - u % 2)}\n" for u in range(60))
    )
    for seed, number, held_out in [(1, 20, None), (2, 60, None), (3, 30, later)]:
        options = {"projects": projects, "stars": stars, "out": tmp_path, "seed": seed}
        for tune in (0, 7, 60):
            call_command(
                "evaluate_recommendations", **options, held_out=held_out, users=number, tune=tune
            )
    assert len(drawn["judge"]) == 48
    assert len(drawn["tune"]) == 12
    assert drawn["judge"].isdisjoint(drawn["tune"])


def person(id_, bookmarks=(), total=None, made=()):
    return Person(id_, bookmarks, total or len(bookmarks), made)


def by_taste(*weights):
    return {number: Neighbour(weight, True) for number, weight in enumerate(weights, 1)}


def test_a_neighbour_weighs_by_stack_and_by_taste():
    found = ranking.weigh([(1, 0.8), (2, 0.4)], [(3, 0.2, 0.1), (2, 0.1, 0.4)])
    assert found[1] == Neighbour(0.4, by_taste=False)
    assert found[2] == Neighbour(pytest.approx(1.2), by_taste=True)
    assert found[3].weight == pytest.approx(2.05)  # the smallest of fewer than fifty counts one
    many = [(n, 1 / n, 0.0) for n in range(1, 101)]
    assert ranking.weigh([], many)[50].weight == pytest.approx(1)


def test_a_neighbour_s_newer_bookmarks_count_more_and_their_own_projects_most():
    found = ranking.collect(by_taste(1.0), [person(1, [10, 20, 30], made=[30, 40])], {20})
    assert found.keys() == {10, 30, 40}
    assert found[10].score == found[30].score == found[40].score == 1
    found = ranking.collect(by_taste(1.0), [person(1, [10, 20], total=4)], set())
    assert found[20].score == pytest.approx(np.exp(-0.5))


def test_no_more_than_the_newest_of_a_neighbour_s_bookmarks_count():
    found = ranking.collect(by_taste(1.0), [person(1, list(range(90)), total=4100)], set())
    assert found.keys() == set(range(20))


def test_votes_add_up_and_the_strongest_voters_are_kept():
    people = [person(n, [10]) for n in range(1, 6)]
    found = ranking.collect(by_taste(0.1, 0.5, 0.3, 0.2, 0.4), people, set())
    assert found[10].score == pytest.approx(1.5)
    assert {voter for _, voter, _ in found[10].voters} == {2, 5, 3}


def test_what_everybody_knows_stands_back_for_those_with_taste_only():
    candidates = {1: Candidate(2.0, 1), 2: Candidate(1.5, 1)}
    facts = {1: Fact(1, 1000), 2: Fact(2, 10)}
    assert ranking.rank(candidates, facts, has_taste=True) == [2, 1]
    assert ranking.rank(candidates, facts, has_taste=False) == [1, 2]


def test_among_equals_the_newer_stands_first():
    candidates = {1: Candidate(2.0, 1), 2: Candidate(2.0, 1)}
    facts = {1: Fact(1, 5, (9,)), 2: Fact(2, 5, (3,))}
    assert ranking.rank(candidates, facts, has_taste=True) == [1, 2]


def test_an_author_s_third_makes_room_and_the_list_ends_at_its_limit():
    assert ranking.choose([1, 3, 1, 5, 2, 4, 6], lambda pk: pk % 2, 4) == [1, 3, 2, 4]


def test_starters_cover_skills_before_they_repeat_one():
    skills = {1: "a", 2: "a", 3: "b", 4: "c"}
    starters = [Starter(pk, pk, 100 - pk, frozenset(name)) for pk, name in skills.items()]
    assert ranking.spread(starters, {"a", "b"}, 2) == [1, 3]
    same_author = [Starter(pk, 7, 9, frozenset("a")) for pk in (1, 2)]
    assert len(ranking.spread(same_author, {"a"}, 2)) == 1
