"""The steps of the ranking, each on plain values."""

import math

import pytest

from ai.ranking import (
    Candidate,
    Fact,
    Neighbour,
    Person,
    Starter,
    Weights,
    choose,
    collect,
    rank,
    shortlist,
    spread,
    weigh,
)

WEIGHTS = Weights(
    stack=0.5,
    anchor=2,
    fading=2.0,
    damping=0.5,
    doubt=4.0,
    familiar=0.5,
    newest=3,
    shortlist=3,
)


class TestWeigh:
    def test_without_tastes_a_neighbour_weighs_what_the_stack_says(self):
        assert weigh([(1, 1.0), (2, 0.4)], [], WEIGHTS) == {
            1: Neighbour(0.5, by_taste=False),
            2: Neighbour(0.2, by_taste=False),
        }

    def test_the_taste_at_the_anchor_weighs_one(self):
        found = weigh([], [(1, 8.0, 0.0), (2, 4.0, 0.0), (3, 1.0, 0.0)], WEIGHTS)
        assert {person: one.weight for person, one in found.items()} == {1: 2.0, 2: 1.0, 3: 0.25}

    def test_a_list_shorter_than_the_anchor_is_measured_by_its_last(self):
        assert weigh([], [(1, 8.0, 0.0)], WEIGHTS)[1].weight == 1.0

    def test_who_is_in_both_lists_weighs_both_and_is_named_by_the_stronger(self):
        tastes = [(1, 4.0, 0.5), (2, 4.0, 2.0), (3, 1.0, 0.6)]
        found = weigh([(1, 0.5), (9, 1.0)], tastes, WEIGHTS)
        assert found == {
            1: Neighbour(1.25, by_taste=True),
            2: Neighbour(2.0, by_taste=True),  # as strong by both
            3: Neighbour(0.55, by_taste=False),
            9: Neighbour(0.5, by_taste=False),
        }


class TestCollect:
    def test_what_was_made_counts_whole_and_bookmarks_fade_with_their_age(self):
        neighbours = {1: Neighbour(2.0, by_taste=False)}
        person = Person(1, bookmarks=[10, 11, 12], total=4, made=[13])
        found = collect(neighbours, [person], (), WEIGHTS)
        assert {pk: candidate.score for pk, candidate in found.items()} == {
            10: 2.0,
            11: 2.0 * math.exp(-0.5),
            12: 2.0 * math.exp(-1.0),
            13: 2.0,
        }
        assert found[13].voters == [(2.0, 1, "made")]
        assert found[10].voters == [(2.0, 1, "bookmarked")]

    def test_the_newest_bookmarks_alone_count(self):
        person = Person(1, bookmarks=[10, 11, 12, 13], total=4, made=[])
        assert collect({1: Neighbour(1, by_taste=False)}, [person], (), WEIGHTS).keys() == {
            *(10, 11, 12)
        }

    def test_one_person_has_one_vote_for_what_they_made_and_bookmarked(self):
        person = Person(1, bookmarks=[10, 11], total=2, made=[10])
        found = collect({1: Neighbour(1.0, by_taste=False)}, [person], (), WEIGHTS)
        assert found[10].voters == [(1.0, 1, "made")]
        assert found[11].voters == [(math.exp(-1.0), 1, "bookmarked")]

    def test_what_is_known_is_left_out(self):
        person = Person(1, bookmarks=[10, 11], total=2, made=[12])
        found = collect({1: Neighbour(1.0, by_taste=False)}, [person], {10, 12}, WEIGHTS)
        assert found.keys() == {11}

    def test_votes_of_several_people_add_up(self):
        neighbours = {1: Neighbour(1.0, by_taste=False), 2: Neighbour(0.5, by_taste=True)}
        people = [Person(pk, bookmarks=[10], total=1, made=[]) for pk in neighbours]
        found = collect(neighbours, people, (), WEIGHTS)
        assert (found[10].score, found[10].votes) == (1.5, 2)
        assert found[10].voters == [(1.0, 1, "bookmarked"), (0.5, 2, "bookmarked")]


def test_the_three_strongest_voters_are_remembered():
    candidate = Candidate()
    for person, vote in enumerate([0.3, 0.1, 0.4, 0.2]):
        candidate.add(vote, person, "made")
    assert {person for _, person, _ in candidate.voters} == {0, 2, 3}
    assert candidate.score == pytest.approx(1.0)


def test_the_shortlist_holds_those_with_most_votes_and_of_equals_the_newer():
    scores = {1: 0.5, 2: 0.9, 3: 0.5, 4: 0.5}
    assert shortlist({pk: Candidate(score) for pk, score in scores.items()}, WEIGHTS) == [2, 4, 3]


class TestRank:
    CANDIDATES = {
        1: Candidate(1.0, votes=1),
        2: Candidate(1.9, votes=1),
        3: Candidate(0.9, votes=1),
        4: Candidate(5.0, votes=1),
    }
    FACTS = {1: Fact(7, 1), 2: Fact(7, 4), 3: Fact(7, 0), 9: Fact(7, 0)}

    def test_with_tastes_what_everybody_knows_stands_back(self):
        assert rank(self.CANDIDATES, self.FACTS, WEIGHTS, has_taste=True) == [1, 2, 3]

    def test_without_tastes_it_does_not(self):
        assert rank(self.CANDIDATES, self.FACTS, WEIGHTS, has_taste=False) == [2, 1, 3]

    def test_two_bookmarks_stand_back_already(self):
        candidates = {1: Candidate(1.0, votes=1), 2: Candidate(1.2, votes=1)}
        facts = {1: Fact(7, 1), 2: Fact(7, 2)}
        assert rank(candidates, facts, WEIGHTS, has_taste=True) == [1, 2]

    def test_among_equals_the_order_decides_and_then_the_newer(self):
        candidates = {pk: Candidate(1.0, votes=1) for pk in (1, 2, 3)}
        facts = {1: Fact(7, 0, (2,)), 2: Fact(7, 0, (1,)), 3: Fact(7, 0, (1,))}
        assert rank(candidates, facts, WEIGHTS, has_taste=True) == [1, 3, 2]

    def test_what_several_chose_is_trusted_more_than_one_stronger_voice(self):
        # one vote counts 1 / 5 of its score, four count 4 / 8
        facts = {1: Fact(7, 1), 2: Fact(7, 1)}
        for score, order in [(2.4, [2, 1]), (2.6, [1, 2])]:
            candidates = {1: Candidate(score, votes=1), 2: Candidate(1.0, votes=4)}
            assert rank(candidates, facts, WEIGHTS, has_taste=True) == order
            assert rank(candidates, facts, WEIGHTS, has_taste=False) == order

    def test_what_a_familiar_author_made_counts_half_as_much_again(self):
        facts = {1: Fact(7, 1), 2: Fact(8, 1)}
        for score, order in [(1.4, [1, 2]), (1.6, [2, 1])]:
            candidates = {1: Candidate(1.0, votes=1), 2: Candidate(score, votes=1)}
            assert rank(candidates, facts, WEIGHTS, has_taste=True, familiar={7}) == order
            assert rank(candidates, facts, WEIGHTS, has_taste=True) == [2, 1]


def test_the_first_are_chosen_none_twice_and_no_more_than_two_of_an_author():
    author_of = {1: 7, 2: 7, 3: 7, 4: 8, 5: 9}.__getitem__
    assert choose([1, 1, 2, 3, 4, 5], author_of, 4) == [1, 2, 4, 5]
    assert choose([1, 2, 3, 4, 5], author_of, 3) == [1, 2, 4]
    assert choose([1], author_of, 0) == []


class TestSpread:
    def starter(self, pk, bookmarks, *skills, author=None):
        return Starter(pk, author or pk, bookmarks, frozenset(skills))

    def test_the_better_known_come_first_and_of_equals_the_newer(self):
        starters = [
            self.starter(1, 5, "a"),
            self.starter(2, 9, "b"),
            self.starter(3, 5, "c"),
            self.starter(4, 0, "d"),
        ]
        assert spread(starters, (), 10) == [2, 3, 1, 4]
        assert spread(starters, (), 2) == [2, 3]

    def test_each_skill_on_show_halves_what_it_adds(self):
        # (1 + n)^0.4 is 4 for the first, 3 and 1.9 for the others
        starters = [
            self.starter(1, 31, "a"),
            self.starter(2, 14.6, "a"),
            self.starter(3, 4, "b"),
        ]
        assert spread(starters, (), 3) == [1, 3, 2]
        fewer = [starters[0], starters[1], self.starter(3, 1, "b")]
        assert spread(fewer, (), 3) == [1, 2, 3]

    def test_my_skills_alone_count_where_a_project_has_any(self):
        # 1 and 2 have one skill of mine and one of others, which is on show already
        starters = [
            self.starter(1, 31, "a", "x"),
            self.starter(2, 20, "b", "x"),
            self.starter(3, 20, "c"),
        ]
        assert spread(starters, {"a", "b"}, 3) == [1, 3, 2]

    def test_more_skills_add_more_but_not_in_proportion(self):
        # two new skills count √2 times one
        starters = [self.starter(1, 9, "a", "b"), self.starter(2, 20, "c")]
        assert spread(starters, (), 1) == [1]
        starters = [self.starter(1, 9, "a", "b"), self.starter(2, 30, "c")]
        assert spread(starters, (), 1) == [2]

    def test_a_project_without_skills_adds_nothing(self):
        assert spread([self.starter(1, 99), self.starter(2, 0, "a")], (), 2) == [2, 1]

    def test_no_author_comes_twice(self):
        starters = [
            self.starter(1, 9, "a", author=7),
            self.starter(2, 8, "b", author=7),
            self.starter(3, 1, "c"),
        ]
        assert spread(starters, (), 3) == [1, 3]
