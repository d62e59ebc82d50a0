from fractions import Fraction

import numpy as np
import pytest
from sklearn.metrics import pairwise_distances

from ai.files import csv_kernels, csv_parts
from ai.similarity import neighbour_lists, search


def random_words(rng, n, skills, low=1, high=12, distinct=None):
    table = np.zeros((distinct or n, skills), bool)
    weights = 1 / np.arange(1, skills + 1)
    for row in table:
        size = min(skills, rng.integers(low, high + 1))
        row[rng.choice(skills, size, replace=False, p=weights / weights.sum())] = True
    table = table[rng.integers(0, len(table), n)] if distinct else table
    rows, bits = np.nonzero(table)
    return table, search.make_words(n, rows, bits, skills)


def expected(ids, table, k):
    """What the design says, by scikit-learn and Python's fractions."""
    similarity = 1 - pairwise_distances(table, metric="jaccard")
    result = {}
    for i, user in enumerate(ids):
        ranked = []
        for j, other in enumerate(ids):
            union = int((table[i] | table[j]).sum())
            score = Fraction(int((table[i] & table[j]).sum()), union)
            assert similarity[i, j] == pytest.approx(float(score), abs=1e-12)
            if i != j and score >= Fraction(1, 10):
                ranked.append((-score, int(other) * 2654435761 % 2**32, int(other)))
        result[int(user)] = [(o, f"{float(-s):.4f}") for s, _, o in sorted(ranked)[:k]]
    return result


def actual(found):
    """The lines that would be written, as {user: [(neighbour, score)]}."""
    ties = search.TieOrder(found.user_ids)
    out = np.empty(found.user_ids.size * found.k * 60 + 100, np.uint8)
    size, lines = csv_kernels.write_rows(
        np.arange(found.user_ids.size), found.user_ids, ties.slots, found.user_rows, found.keys,
        found.counts, found.k, ties.inverse, ties.ids, csv_parts.score_texts(), out,
    )  # fmt: skip
    result = {int(user): [] for user in found.user_ids}
    for line in out[:size].tobytes().decode().splitlines():
        user, other, score = line.split(",")
        result[int(user)].append((int(other), score))
    assert sum(map(len, result.values())) == lines == found.pairs
    return result


@pytest.mark.parametrize(
    ("n", "skills", "distinct", "k"),
    [(300, 129, None, 20), (300, 20, None, 5), (300, 300, 40, 20), (40, 70, None, 100),
     (250, 8, None, 10), (200, 64, 3, 7), (300, 500, None, 20)],
)  # fmt: skip
def test_lists_equal_those_of_scikit_learn_with_ties_in_hash_order(n, skills, distinct, k):
    rng = np.random.default_rng(n + skills)
    table, words = random_words(rng, n, skills, distinct=distinct)
    ids = np.sort(rng.choice(np.arange(1, 50_000), n, replace=False)).astype(np.int64)
    assert actual(neighbour_lists.build(k, ids, words)) == expected(ids, table, k)


def test_ids_beyond_32_bits_keep_the_same_order():
    rng = np.random.default_rng(5)
    table, words = random_words(rng, 120, 10)
    ids = np.arange(1, 121, dtype=np.int64)
    ids[60:] += 1 << 32  # the same hashes again
    assert actual(neighbour_lists.build(6, ids, words)) == expected(ids, table, 6)


def test_all_identical_sets_are_neighbours_of_score_one_in_hash_order():
    ids = np.arange(1, 501, dtype=np.int64)
    table = np.ones((500, 3), bool)
    words = np.full((500, 1), 7, np.uint64)
    assert actual(neighbour_lists.build(10, ids, words)) == expected(ids, table, 10)


def test_one_user_has_no_neighbours_and_nobody_has_none():
    one = neighbour_lists.build(10, np.array([7]), np.array([[3]], np.uint64))
    assert actual(one) == {7: []}
    empty = neighbour_lists.build(10, np.empty(0, np.int64), np.empty((0, 1), np.uint64))
    assert actual(empty) == {}


def test_a_similarity_of_exactly_one_tenth_counts_and_less_does_not():
    table = np.zeros((3, 21), bool)
    table[0, 0] = True
    table[1, :10] = True  # 1/10 with the first
    table[2, 0] = table[2, 10:] = True  # 1/12
    rows, bits = np.nonzero(table)
    ids = np.array([1, 2, 3])
    found = actual(neighbour_lists.build(5, ids, search.make_words(3, rows, bits, 21)))
    assert found[1] == [(2, "0.1000")]
    assert found == expected(ids, table, 5)


def test_scores_are_rounded_as_python_formats_them():
    table = np.zeros((2, 160), bool)
    for inter, union in [(5, 32), (9, 32), (33, 160), (17, 160), (1, 3), (2, 3), (31, 160)]:
        table[:] = False
        table[0, :union] = True
        table[1, :inter] = True
        rows, bits = np.nonzero(table)
        words = search.make_words(2, rows, bits, 160)
        found = actual(neighbour_lists.build(5, np.array([1, 2]), words))
        assert found[1] == [(2, f"{inter / union:.4f}")]


def test_changes_one_after_another_give_what_a_full_build_gives():
    rng = np.random.default_rng(11)
    k, skills = 8, 30
    ids = np.arange(1, 401, dtype=np.int64)
    _, words = random_words(rng, 400, skills, distinct=150)
    people = dict(zip(ids.tolist(), words, strict=True))
    found = neighbour_lists.build(k, ids, words)
    for step in range(60):
        _, fresh = random_words(rng, 12, skills, distinct=6 if step % 2 else None)
        changes = {
            int(i): w for i, w in zip(rng.choice(450, 12, replace=False) + 1, fresh, strict=True)
        }
        for gone in rng.choice(list(changes), 4, replace=False):
            changes[int(gone)] = np.zeros(1, np.uint64)
        if step % 3 == 0:  # a user takes over the skills of another
            changes[451 + step] = people[rng.choice(list(people))]
        before = actual(found)
        people.update(changes)
        people = {user: w for user, w in people.items() if w.any()}
        ids = np.array(sorted(changes))
        changed = neighbour_lists.only_changes(
            found, ids, np.array([changes[i] for i in ids.tolist()])
        )
        found, affected = neighbour_lists.update(found, *changed, grow(found.keys))
        order = sorted(people)
        whole = neighbour_lists.build(k, np.array(order), np.array([people[i] for i in order]))
        after = actual(found)
        assert after == actual(whole)
        different = {u for u in before | after if before.get(u) != after.get(u)}
        assert different <= set(affected.tolist())


def grow(keys):
    def make_keys(rows, depth):
        return np.concatenate((keys, np.zeros((max(0, rows - len(keys)), depth), np.uint64)))

    return make_keys


def test_the_same_skills_again_and_still_none_are_no_change():
    ids = np.arange(1, 4, dtype=np.int64)
    words = np.array([[1], [3], [7]], np.uint64)
    found = neighbour_lists.build(2, ids, words)
    ids = np.array([2, 3, 9])
    changed, fresh = neighbour_lists.only_changes(found, ids, np.array([[3], [4], [0]], np.uint64))
    assert (changed.tolist(), fresh.tolist()) == ([3], [[4]])


def test_too_many_skills_are_refused():
    with pytest.raises(ValueError, match="2048"):
        search.make_words(1, np.array([0]), np.array([0]), 5000)


def test_ids_of_all_lengths_are_written_in_full():
    numbers = [0, 1, 9, 10, 99, 100, 12345, 9_999_999, 10**7, 99_999_999, 10**8, 10**8 + 7]
    numbers += [2**31, 2**32 - 1, 2**32, 10**15 + 3, 10**16 - 1, 10**16, 10**17 + 5, 2**63 - 1]
    ids = np.array(numbers, np.int64)
    table = np.ones((len(ids), 2), bool)
    words = np.full((len(ids), 1), 3, np.uint64)
    assert actual(neighbour_lists.build(len(ids), ids, words)) == expected(ids, table, len(ids))
