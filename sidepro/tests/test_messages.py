"""What the server says exists in Korean and in English, in one tone, wherever it is said."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from django.utils.translation import gettext, ngettext, override
from rest_framework import exceptions, fields

from _utils import messages
from _utils.messages import forms
from user.tests.factories import UserFactory

MARKERS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
HANGUL = re.compile("[가-힣]")
SENTENCE = re.compile(r"[가-힣](?:요|다|까)[.!?]?\s*$")
FORMAL = re.compile(r"(?:[습입합됩옵집칩]니|하십시오)")
BRACES = re.compile(r"\{[^{}]*\}")
# The admin and its models' labels are Korean only; commands speak to operators.
NOT_SAID = {"help_text", "search_help_text", "help"}
LIBRARIES = ("rest_framework", "rest_framework_simplejwt", "django")

catalogues = pytest.mark.parametrize(
    "path", messages.catalogues(), ids=lambda path: f"{path.parts[-5]}-{path.parts[-3]}"
)


def translations(catalog: Catalog) -> dict[str, list[str]]:
    """The translations of each sentence by its singular."""
    return {forms(message.id)[0]: forms(message.string) for message in catalog if message.id}


@catalogues
def test_nothing_is_left_untranslated(path):
    assert messages.missing(messages.read(path)) == []


@catalogues
def test_a_translation_has_the_placeholders_of_its_sentence(path):
    for message in messages.read(path):
        assert not list(message.check()), message.id
        braces = {frozenset(BRACES.findall(text)) for text in forms(message.id)}
        for translation in forms(message.string) if message.id else ():
            assert frozenset(BRACES.findall(translation)) in braces, message.id


@catalogues
def test_what_django_reads_is_compiled_from_what_is_written(path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = translations(read_mo(file))
    assert compiled == translations(messages.read(path)), "run `make messages`"


@pytest.mark.parametrize("app", messages.APPS)
def test_the_catalogue_holds_what_the_code_says(app):
    path = messages.ROOT / app / "locale" / "en" / messages.PO
    known = {message.id for message in messages.read(path)} if path.exists() else {""}
    assert known == {message.id for message in messages.marked(app)} | {""}, "run `make messages`"


def test_a_sentence_has_one_translation():
    said: dict[Any, Any] = {}
    for path in messages.catalogues():
        for message in messages.read(path):
            if message.id:
                assert said.setdefault(message.id, message.string) == message.string


def unmarked(path: Path) -> Iterator[str]:
    """The Korean sentences in a module that nothing marks for translation."""
    tree = ast.parse(path.read_text())
    seen = set()
    for node in ast.walk(tree):
        name = getattr(getattr(node, "func", None), "id", None)
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_label = isinstance(node, ast.keyword) and node.arg in NOT_SAID
        is_help = (
            isinstance(node, ast.Assign)
            and {getattr(target, "id", "") for target in node.targets} & NOT_SAID
        )
        if name in MARKERS or is_docstring or is_label or is_help:
            seen |= {id(inner) for inner in ast.walk(node)}
        if id(node) in seen or not isinstance(node, ast.Constant):
            continue
        if isinstance(node.value, str) and SENTENCE.search(node.value):
            yield f"{path.name}:{node.lineno} {node.value}"


@pytest.mark.parametrize("app", messages.APPS)
def test_every_sentence_in_code_can_be_translated(app):
    # Public pages are the same for everybody, whatever their browser asks for: Korean.
    skipped = {"migrations", "demo", "commands", "pages"}
    modules = [p for p in messages.sources(app) if p.suffix == ".py" and not skipped & set(p.parts)]
    assert [text for path in modules for text in unmarked(path)] == []


def test_an_unmarked_sentence_is_found(tmp_path):
    module = tmp_path / "module.py"
    module.write_text('"""설명이에요."""\nA = "그럴 수 없어요."\nB = _("됐어요.")\nC = "이름"\n')
    assert list(unmarked(module)) == ["module.py:2 그럴 수 없어요."]


@catalogues
def test_korean_is_in_the_tone_of_the_site(path):
    for message in messages.read(path):
        for text in [*forms(message.id), *forms(message.string)]:
            assert not FORMAL.search(text), text
            if HANGUL.search(text) and text.endswith("."):
                assert text.endswith("요."), text


class TestWhatLibrariesSay:
    """Django's Korean is in another tone, and Django REST framework has none for "ko"."""

    @pytest.fixture(scope="class")
    def ours(self):
        catalog = messages.read(messages.ROOT / "sidepro" / "locale" / "ko" / messages.PO)
        return {message.id: message.string for message in catalog if message.id}

    def test_is_said_by_the_versions_in_use(self, ours):
        said = set()
        for library in LIBRARIES:
            for path in Path(inspect.getfile(__import__(library))).parent.rglob("*.py"):
                if library == "django" and not {"core", "contrib", "db"} & set(path.parts):
                    continue
                said |= {
                    node.value
                    for node in ast.walk(ast.parse(path.read_text()))
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                }
        assert [text for key in ours for text in forms(key) if text not in said] == []

    def test_of_a_field_is_said_in_korean(self):
        with override("ko"):
            english = [
                str(text)
                for _, kind in inspect.getmembers(fields, inspect.isclass)
                for text in getattr(kind, "default_error_messages", {}).values()
                if not HANGUL.search(str(text))
            ]
        assert english == []

    def test_of_a_request_is_said_in_korean(self):
        with override("ko"):
            for _, kind in inspect.getmembers(exceptions, inspect.isclass):
                if detail := getattr(kind, "default_detail", ""):
                    assert HANGUL.search(str(detail)), kind

    def test_of_a_password_is_in_our_tone(self):
        with override("ko"):
            assert gettext("This password is too common.") == "너무 흔한 비밀번호예요."
            many = "This password is too short. It must contain at least %d characters."
            one = "This password is too short. It must contain at least %d character."
            assert ngettext(one, many, 8) == "비밀번호가 너무 짧아요. %d자 이상이어야 해요."


NEW = {"email": "new@example.com", "username": "새이웃", "password": "a-fine-password"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "body", "korean", "english"),
    [
        ("auth/token/", {"email": "a@b.c"}, "꼭 필요한 항목이에요.", "This field is required."),
        (
            "auth/token/",
            {"email": "a@b.example", "password": "x"},
            "이메일이나 비밀번호가 맞지 않아요.",
            "The e-mail or the password is not right.",
        ),
        (
            "auth/register/",
            {**NEW, "username": "이웃!"},
            "닉네임에는 한글, 영문, 숫자와 _ . - 만 쓸 수 있어요.",
            "A nickname holds only Hangul, Latin letters, digits and _ . -",
        ),
        (
            "auth/register/",
            {**NEW, "password": "새이웃"},
            "비밀번호가 내 정보와 너무 비슷해요: 닉네임",
            "The password is too similar to the nickname.",
        ),
        (
            "auth/register/",
            {**NEW, "username": "taken"},
            "이미 쓰고 있는",
            "This nickname is taken.",
        ),
        ("rooms/", {"partner": "x"}, "로그인해 주세요.", "Authentication credentials"),
        ("nowhere/", {}, "찾을 수 없어요.", "Not found."),
    ],
)
def test_an_answer_is_in_the_language_that_was_asked_for(api, path, body, korean, english):
    UserFactory(username="taken")
    for language, expected in (("ko", korean), ("en", english), ("fr", korean)):
        answer = api.post(f"/api/v1/{path}", body, headers={"Accept-Language": language})
        said = " ".join(error["detail"] for error in answer.json()["errors"])
        assert expected in said, language
