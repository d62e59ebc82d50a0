import numpy as np
import pytest
from django.core.management import CommandError, call_command

from ai import evaluation, ranking
from ai.evaluation import Data


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
    assert evaluation.derive_skills([1, 2, 3], skills) == ["Python"]
    assert evaluation.derive_skills([2, 3], skills) == ["Python", "Go", "Rust"]


def test_the_newest_fifth_is_held_out(files):
    data = Data.read(*files)
    assert {len(kept) for kept in data.kept.values()} == {20}
    assert {len(later) for later in data.later.values()} == {5}
    assert all(data.later[user].isdisjoint(data.kept[user]) for user in data.kept)


def test_the_table_and_the_plots_are_written(files, tmp_path, capsys):
    projects, stars = files
    out = tmp_path / "out"
    options = {"projects": projects, "stars": stars, "out": out, "users": 50, "k": 10}
    call_command("evaluate_recommendations", **options)
    table = (out / "recommendations.md").read_text()
    assert table in capsys.readouterr().out + "\n"
    for name in ["random", "popularity", "similar stack, 20 neighbours", "SidePro"]:
        assert f"| {name} |" in table
    for name in ["neighbour_scores.png", "recall_by_skills.png"]:
        assert (out / name).read_bytes().startswith(b"\x89PNG")
    call_command("evaluate_recommendations", **options)
    assert (out / "recommendations.md").read_text() == table


def test_a_wrong_file_is_refused_in_one_sentence(tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("evaluate_recommendations", projects=wrong, stars=wrong)


def test_neighbours_who_share_my_bookmarks_count_more():
    found = ranking.collect({1: 0.5, 2: 0.5}, [], [(1, 10), (2, 20), (1, 30)], {30})
    assert found[10].score > found[20].score
    assert found[10].neighbour == 1
    assert 30 not in found


def test_a_neighbour_s_newer_bookmarks_count_more():
    found = ranking.collect({1: 0.5}, [], [(1, 10), (1, 20)], set())
    assert found[10].score > found[20].score > 0


def test_votes_of_several_neighbours_add_up():
    found = ranking.collect({1: 0.5, 2: 0.25}, [(1, 10), (2, 10)], [], set())
    assert found[10].score == pytest.approx(0.75)
    assert found[10].neighbour == 1
