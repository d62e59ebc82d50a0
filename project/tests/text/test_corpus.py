"""The renderer, held against the specifications' examples and against Korean texts."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from project.tests.text.compare import as_seen
from project.tests.text.differences import COMMONMARK, GFM
from project.text.links import link_addresses
from project.text.markdown import render_markdown
from project.text.raw_html import ALLOWED, DROPPED

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def cases(path: Path) -> Any:
    return json.loads(path.read_text())


@pytest.mark.parametrize(
    ("corpus", "size", "differences"),
    [("commonmark", 652, COMMONMARK), ("gfm", 25, GFM)],
)
def test_the_specification_is_kept_but_for_the_differences_that_have_a_reason(
    corpus, size, differences
):
    examples = cases(HERE / f"{corpus}.json")
    assert len(examples) == size
    different = {
        case["example"]
        for case in examples
        if as_seen(render_markdown(case["markdown"])) != as_seen(case["html"])
    }
    assert different == {number for numbers in differences.values() for number in numbers}


KOREAN = cases(HERE / "korean.json")


@pytest.mark.parametrize("case", KOREAN, ids=range(len(KOREAN)))
def test_a_korean_text_is_published_as_it_was_meant(case):
    html = render_markdown(case["markdown"])
    for part in case["has"]:
        assert part in html
    for part in case["not"]:
        assert part not in html


def test_there_are_enough_korean_texts():
    assert len(KOREAN) >= 150


# Elements of SVG and MathML, which a browser reads by other rules than HTML's.
FOREIGN = {"svg", "text", "g", "path", "foreignObject", "desc", "math", "mi", "annotation-xml"}


@pytest.mark.parametrize("around", [*sorted(FOREIGN), "template", "select", "table", "form"])
def test_words_stay_whatever_html_they_stand_in(around):
    hidden = {"script", "style"}
    for name in sorted((ALLOWED | DROPPED | FOREIGN) - hidden):
        for text in (
            f'앞 <{name} a="1">글</{name}> 뒤',
            f'앞 <{name} a="1">글 뒤',
            f"앞 <{around}><{name} a=1>글</{name}></{around}> 뒤",
            f"<{around} a=1>\n<{name} a=1>글</{name}>\n</{around}>\n뒤",
        ):
            words = re.sub("<[^>]*>", "", render_markdown(text))
            assert "글" in words, text
            assert "뒤" in words, text


LINKS = cases(ROOT / "frontend/src/features/chat/text/linkCases.json")


@pytest.mark.parametrize("case", LINKS, ids=[case["text"] for case in LINKS])
def test_addresses_are_found_as_the_chat_finds_them(case):
    """The front end's `linkify.test.ts` reads the same file."""
    html = link_addresses(case["text"])
    assert [unescape(link.split('"')[0]) for link in html.split('<a href="')[1:]] == case["links"]
