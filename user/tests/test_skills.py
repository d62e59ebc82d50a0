"""Skills: the names they go by, and what becomes of two that are one."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from user.models import Skill, SkillName, SkillSuggestion
from user.skills.services import accept_suggestions, merge_skills
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("리액트", "React"),
        ("ReactJS", "React"),
        ("react native", "React Native"),
        ("ＮＯＤＥ.js", "Node.js"),
        ("nodejs", "Node.js"),
        ("c++", "C++"),
        ("cpp", "C++"),
        ("C", "C"),
        ("dotnet", ".NET"),
        ("쿠버네티스", "Kubernetes"),
        ("golang", "Go"),
        ("스프링 부트", "Spring Boot"),
        ("HTML5", "HTML"),
        ("바닐라JS", "JavaScript"),
        ("네스트js", "NestJS"),
        ("drizzle", "Drizzle ORM"),
        ("클로드", "Claude"),
        ("제미나이", "Gemini"),
        ("랭그래프", "LangGraph"),
        ("antd", "Ant Design"),
        ("깃헙 액션", "GitHub Actions"),
        ("s3", "Amazon S3"),
        ("몽고", "MongoDB"),
        ("젯팩컴포즈", "Jetpack Compose"),
        ("ue5", "Unreal Engine"),
        ("카카오맵", "Kakao Maps API"),
        ("딥러닝", "Deep Learning"),
        ("전자정부프레임워크", "eGovFrame"),
        ("디스코드 봇", "Discord API"),
        ("React 19", "React"),
        ("스프링 부트 3.5", "Spring Boot"),
        ("자바8", "Java"),
        ("H2", "H2"),
    ],
)
def test_a_skill_is_meant_by_each_of_its_names(typed, means):
    assert Skill.objects.named([typed])[typed].name == means


def test_what_korean_developers_type_today_is_known():
    typed = Path(__file__).with_name("typed_skills.txt").read_text(encoding="utf-8").split()
    assert set(typed) - set(Skill.objects.named(typed)) == set()


def test_a_letter_with_a_number_is_no_version_of_a_language():
    assert Skill.objects.named(["C99", "R2"]) == {}


def test_an_unknown_name_means_no_skill():
    assert Skill.objects.named(["없는 기술", "", "!!"]) == {}


def test_looking_up_many_names_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(Skill.objects.named(["리액트", "장고", "k8s", "js", "none such"])) == 4


def test_no_two_skills_go_by_one_name():
    with pytest.raises(IntegrityError), transaction.atomic():
        SkillName.objects.create(skill=Skill.objects.get(name="Vue.js"), name="re-act")
    with pytest.raises(IntegrityError), transaction.atomic():
        Skill.objects.create(name="리액트")


class TestSearch:
    def found(self, api, text):
        answer = api.get("/api/v1/skills/", {"search": text})
        assert answer.status_code == 200
        return [skill["name"] for skill in answer.json()]

    def test_an_exact_name_stands_first_then_beginnings_then_the_more_used(self, api):
        Skill.objects.filter(name="Preact").update(people_count=3)
        Skill.objects.filter(name="React Router").update(people_count=2)
        Skill.objects.filter(name="React Query").update(people_count=1)
        assert self.found(api, "리액트")[0] == "React"
        names = self.found(api, "REACT")
        assert names[:3] == ["React", "React Router", "React Query"]
        assert names.index("React Native") < names.index("Preact")

    def test_one_letter_finds_the_language_of_that_name_first(self, api):
        Skill.objects.filter(name="Docker").update(people_count=1000)
        assert self.found(api, "c")[0] == "C"
        assert self.found(api, "R")[0] == "R"

    def test_a_version_is_not_looked_at_where_it_finds_nothing(self, api):
        assert self.found(api, "React 19")[0] == "React"
        assert self.found(api, "web3")[0] == "Web3.js"
        assert self.found(api, "2024") == []

    @pytest.mark.parametrize("text", ["🎉", "!!", "존재하지않는기술"])
    def test_what_names_nothing_finds_nothing(self, api, text):
        assert self.found(api, text) == []

    def test_without_a_search_all_skills_are_listed(self, api, django_assert_num_queries):
        with django_assert_num_queries(2):
            answer = api.get("/api/v1/skills/")
        assert len(answer.json()) == Skill.objects.count() > 250
        react = next(skill for skill in answer.json() if skill["name"] == "React")
        assert react["slug"] == "react"
        assert "리액트" in react["aliases"]
        assert "React" not in react["aliases"]
        assert "max-age" in answer["Cache-Control"]


class TestPage:
    def test_a_skill_is_read_by_its_slug_with_what_its_holders_know_too(self, api):
        for _ in range(2):
            UserFactory(skills=["Django", "Redis"])
        UserFactory(skills=["Django", "Go"])
        answer = api.get("/api/v1/skills/django/")
        assert answer.status_code == 200
        assert answer.json()["related"] == ["Redis", "Go"]

    @pytest.mark.parametrize("name", ["리액트", "ReactJS", "React"])
    def test_a_skill_is_found_at_the_address_of_each_of_its_names(self, api, name):
        assert api.get(f"/api/v1/skills/{name}/").json()["slug"] == "react"

    def test_a_slug_goes_before_another_skill_of_that_name(self, api):
        Skill.objects.create(name="Zetta", slug="zetta-old")
        other = Skill.objects.create(name="Other", slug="zetta")
        assert api.get("/api/v1/skills/zetta/").json()["id"] == other.pk

    def test_an_unknown_skill_is_not_there(self, api):
        assert api.get("/api/v1/skills/!!/").status_code == 404
        assert api.get("/api/v1/skills/none-such/").status_code == 404


class TestMerging:
    def test_everybody_keeps_the_skill_once_and_its_names_go_on_working(self, owner, partner):
        keeper, double = Skill.objects.get(name="React"), Skill.objects.create(name="리앸트")
        owner.profile.skills.set([double])
        partner.profile.skills.set([keeper, double])
        before = owner.profile.skills_changed_at
        merge_skills(keeper, double)
        assert list(owner.profile.skills.all()) == [keeper]
        assert list(partner.profile.skills.all()) == [keeper]
        assert Skill.objects.named(["리앸트"])["리앸트"] == keeper
        owner.profile.refresh_from_db()
        assert owner.profile.skills_changed_at > before, "the similarity job must see it"

    def test_merging_what_another_moderator_has_merged_changes_nothing(self):
        keeper, double = Skill.objects.get(name="React"), Skill.objects.create(name="리앸트")
        gone = Skill.objects.get(pk=double.pk)
        merge_skills(keeper, double)
        merge_skills(keeper, gone)
        assert Skill.objects.filter(pk=keeper.pk).exists()


class TestSuggestions:
    def test_one_suggestion_is_kept_for_all_who_make_it(self, as_user, owner, partner):
        for user, name in ((owner, "Zetta JS"), (owner, "zettajs"), (partner, "zetta-js")):
            answer = as_user(user).post("/api/v1/skills/suggestions/", {"name": name})
            assert answer.status_code == 204
        suggestion = SkillSuggestion.objects.get()
        assert set(suggestion.suggested_by.all()) == {owner, partner}

    @pytest.mark.parametrize(
        ("name", "code"), [("리액트", "unique"), ("...", "blank"), ("x" * 41, "max_length")]
    )
    def test_what_is_there_or_names_nothing_is_refused(self, as_user, owner, name, code):
        answer = as_user(owner).post("/api/v1/skills/suggestions/", {"name": name})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["code"] == code
        assert not SkillSuggestion.objects.exists()

    def test_a_visitor_cannot_suggest(self, api):
        assert api.post("/api/v1/skills/suggestions/", {"name": "Zetta"}).status_code == 401

    def test_an_accepted_suggestion_becomes_a_skill_with_an_address(self, owner):
        SkillSuggestion.objects.suggest("Zetta", owner)
        SkillSuggestion.objects.suggest("리액트", owner)
        added = accept_suggestions(SkillSuggestion.objects.all())
        assert [(skill.name, skill.slug) for skill in added] == [("Zetta", "zetta")]
        assert not SkillSuggestion.objects.exists()
