"""Sixty searches in Korean and English: what each must find, and what it must not."""

from importlib import import_module

import pytest
from django.apps import apps

from project.models import Project
from project.tests.factories import ProjectFactory
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

# name: title, summary, text, author, skills
PROJECTS = {
    "dog": ("강아지 산책 지도", "동네 산책길을 모아요", "비 오는 날의 길도.", "멍멍이", ["React"]),
    "bus": ("Night Bus Planner", "Find your way home", "After the last subway", "nightbus", ["Go"]),
    "pay": ("가계부 100%", "돈을 아껴요", "snake_case 와 C:\\temp 를 씁니다.", "저축왕", ["C++"]),
    "k8s": ("클러스터 지킴이", "배포를 살펴요", "Grafana dashboard", "opsgirl", ["Kubernetes"]),
    "owl": ("🦉 부엉이 타자", "밤에 치는 타자 연습", "Ｆｕｌｌ width, Café", "올빼미", ["Vue.js"]),
}
# what is typed: the projects that it finds, all others it must not
SEARCHES = {
    # Korean, with its spaces and without
    "강아지 산책": {"dog"},
    "강아지산책": {"dog"},
    "강아지": {"dog"},
    "산책": {"dog"},
    "산책 강아지": {"dog"},
    "산책 지도": {"dog"},
    "강아지산책지도": {"dog"},
    "고양이 산책": set(),
    "동네": {"dog"},
    "비오는날": {"dog"},
    "비 오는": {"dog"},
    "타자": {"owl"},
    "밤에": {"owl"},
    "부엉이타자": {"owl"},
    "가계부": {"pay"},
    "돈을아껴요": {"pay"},
    "배포": {"k8s"},
    "지킴이": {"k8s"},
    "클러스터지킴이": {"k8s"},
    "아지산": {"dog"},
    # English, in any case
    "night": {"bus"},
    "NIGHT BUS": {"bus"},
    "nightbus": {"bus"},
    "planner night": {"bus"},
    "subway": {"bus"},
    "last subway": {"bus"},
    "sub marine": set(),
    "grafana": {"k8s"},
    "Dashboard": {"k8s"},
    "cafe": set(),
    "café": {"owl"},
    "CAFÉ": {"owl"},
    "full": {"owl"},
    "bus train": set(),
    # people
    "멍멍이": {"dog"},
    "opsgirl": {"k8s"},
    "OpsGirl": {"k8s"},
    "저축왕": {"pay"},
    "올빼미": {"owl"},
    # skills and their other names
    "react": {"dog"},
    "리액트": {"dog"},
    "reactjs": {"dog"},
    "golang": {"bus"},
    "kubernetes": {"k8s"},
    "쿠버네티스": {"k8s"},
    "k8s": {"k8s"},
    "c++": {"pay"},
    "cpp": {"pay"},
    "vue": {"owl"},
    "뷰": {"owl"},
    "리액트 산책": {"dog"},
    "리액트 타자": set(),
    # signs that mean something elsewhere
    "100%": {"pay"},
    "%": {"pay"},
    "snake_case": {"pay"},
    "snakeXcase": set(),
    "c:\\temp": {"pay"},
    "' OR 1=1 --": set(),
    # full width, emoji, one letter, very many words
    "ｎｉｇｈｔ": {"bus"},
    "🦉": {"owl"},
    "🐧": set(),
    "읽": set(),
    " ".join(["강아지"] * 25): {"dog"},
}


@pytest.fixture
def board(db):
    made = {}
    for name, (title, summary, content, username, skills) in PROJECTS.items():
        author = UserFactory(username=username)
        project = ProjectFactory(
            title=title, summary=summary, content=content, author=author, skills=skills
        )
        made[project.pk] = name
    return made


def test_the_table_has_at_least_sixty_searches():
    assert len(SEARCHES) >= 60


def test_each_search_finds_what_it_must_and_nothing_else(api, board):
    wrong = {}
    for text, expected in SEARCHES.items():
        answer = api.get("/api/v1/projects/", {"search": text})
        assert answer.status_code == 200, text
        found = {board[card["id"]] for card in answer.json()["results"]}
        if found != expected:
            wrong[text] = found
    assert not wrong


def test_projects_are_found_by_the_names_that_a_release_gave_their_skills():
    project = ProjectFactory(title="밤 지도", skills=["Cypress"])
    Project.objects.update(search_text="밤지도")
    import_module("project.migrations.0013_found_by_new_names").add_names(apps, None)
    assert list(Project.objects.matching("사이프러스")) == [project]
