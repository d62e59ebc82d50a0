"""Hostile texts as HTML: no script, no handler, no style, no frame, no other scheme than three."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from project.text.markdown import render_comment, render_markdown
from project.text.sanitise import ATTRIBUTES, SCHEME, TAGS

TEXTS = json.loads((Path(__file__).parent / "hostile.json").read_text())
# What the sanitiser writes itself, or leaves everywhere.
ADDED = {"rel", "loading", "type", "disabled", "checked", "title", "lang"}


class _Checked(HTMLParser):
    """Fails at whatever the allow-list does not name."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, set()) | ADDED
            if name in {"href", "src"}:
                scheme = SCHEME.match(value or "")
                assert scheme is None or scheme[0] in {"http:", "https:", "mailto:"}
                assert not (value or "").startswith(("//", "/\\", "/%5c", "\\"))


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_that_could_run_is_published(text):
    for html in (render_markdown(text), render_comment(text, lambda names: {}).html):
        checked = _Checked()
        checked.feed(html)
        checked.close()


def test_there_are_enough_hostile_texts():
    assert len(TEXTS) >= 100
