"""Markdown as it is published: Korean texts, what a README holds, hostile texts, bad input."""

import re
import runpy
import subprocess
import sys
import time
from contextlib import suppress
from html import unescape
from pathlib import Path

import pytest

from project.text import sanitise
from project.text.code import LANGUAGES, THEMED, _lexer
from project.text.links import link_addresses
from project.text.markdown import render_comment, render_markdown
from project.text.nesting import TooNestedError

ROOT = Path(__file__).parents[2]
PARTICLES = [
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "에서",
    "으로",
    "까지",
    "도",
    "만",
    "의",
    "와",
    "과",
]
ENDINGS = ["(Go)", '"인용"', "'따옴표'", "[1]", "50%", "C++", "끝!", "정말?", "a.b", "`코드`"]


class TestEmphasisBesideHangul:
    @pytest.mark.parametrize("particle", PARTICLES)
    @pytest.mark.parametrize("word", ENDINGS)
    def test_is_emphasis_whatever_ends_it(self, word, particle):
        html = render_markdown(f"그 **{word}**{particle} 좋다")
        assert "<strong>" in html
        assert f"</strong>{particle}" in html
        assert "**" not in html

    @pytest.mark.parametrize(
        "text", ["1~2주", "3~4명, 5~6시", "~10일", "10~", "가~나~다", "~한 번~"]
    )
    def test_one_tilde_is_a_tilde(self, text):
        assert f"<p>{text}</p>" in render_markdown(text)

    def test_two_tildes_strike(self):
        assert "<del>취소(예정)</del>했다" in render_markdown("~~취소(예정)~~했다")


class TestAddresses:
    @pytest.mark.parametrize("particle", PARTICLES)
    def test_end_before_a_particle(self, particle):
        html = link_addresses(f"https://a.example/me/repo{particle} 보세요")
        assert html == (
            f'<a href="https://a.example/me/repo">https://a.example/me/repo</a>{particle} 보세요'
        )

    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("https://ko.example.org/wiki/은", "https://ko.example.org/wiki/은"),
            ("https://a.example/?q=이", "https://a.example/?q=이"),
            ("(https://a.example/x)", "https://a.example/x"),
            ("https://a.example/x_(y).", "https://a.example/x_(y)"),
            ("https://a.example/~kim/~lee", "https://a.example/~kim/~lee"),
            ("www.a.example에서", "https://www.a.example"),
            ("kim@a.example에게", "mailto:kim@a.example"),
        ],
    )
    def test_are_links(self, text, address):
        assert f'href="{address}"' in render_markdown(text)

    @pytest.mark.parametrize(
        "text", ["javascript:alert(1)", "http://a b.c", "www.", "a@b", "xhttp://"]
    )
    def test_what_is_none_is_text(self, text):
        assert "<a " not in render_comment(text, lambda names: {}).html


class TestWords:
    @pytest.mark.parametrize(
        "text",
        [
            "List<String>",
            "Map<K, V>",
            "Vec<i>",
            "<Button>",
            "Array<Array<T>>",
            "Foo<T extends Bar>",
        ],
    )
    def test_types_in_angle_brackets_stay_readable(self, text):
        html = render_markdown(f"{text} 타입")
        assert text.replace("<", "&lt;").replace(">", "&gt;") in html

    @pytest.mark.parametrize("line", ["<br>", "</details>", '<img src="/a.png">', "<kbd>", "<hr>"])
    def test_a_line_of_html_swallows_nothing(self, line):
        assert "<strong>나</strong>" in render_markdown(f"가\n\n{line}\n**나** 1~2주")

    def test_what_a_readme_holds_is_kept(self):
        text = "<kbd>A</kbd> <sub>b</sub> <sup>c</sup> <mark>d</mark> <u>e</u>"
        text += ' <img src="/x.png" width="30">'
        html = render_markdown(text)
        for piece in ("<kbd>A", "<sub>b", "<sup>c", "<mark>d", "<u>e", 'width="30"'):
            assert piece in html

    def test_a_comment_has_no_blocks_but_code(self):
        html = render_comment("# 제목\n- 목록\n```py\nx = 1\n```", lambda names: {}).html
        assert "<h1" not in html
        assert "<li" not in html
        assert "# 제목<br>\n- 목록" in html
        assert '<code class="language-py">' in html


class TestCode:
    def test_has_the_classes_that_the_site_colours(self):
        styles = (ROOT / "frontend/src/components/text/WrittenText.module.css").read_text()
        groups = re.findall(r":is\((\.[\w., ]+)\)", styles)
        assert set(re.findall(r"\.(\w+)", " ".join(groups))) == THEMED

    @pytest.mark.parametrize("language", sorted(LANGUAGES))
    def test_each_language_is_one_that_pygments_knows(self, language):
        assert _lexer(language), f"```{language} has no colours"

    def test_gunicorn_has_every_language_before_it_forks(self):
        program = "import sidepro.wsgi, project.text.code as code; print(code._lexer.cache_info())"
        run = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert f"currsize={len(LANGUAGES)})" in run.stdout

    def test_is_shown_letter_by_letter_as_it_was_written(self):
        code = "\n\tdef 인사(name: str):  # 끝 <b>\n        return f'{name}\\n' + \"&\" \n\n\n"
        for language in ("python", "ts", "html", "sh", "diff", "nothing"):
            html = render_markdown(f"```{language}\n{code}```")
            assert unescape(re.sub("<[^>]*>", "", html)) == f"{code}\n", language

    def test_colours_words_of_the_language_and_leaves_names_plain(self):
        html = render_markdown("```py\nfor a in b: c('d')\n```")
        assert '<span class="k">for</span> a <span class="ow">in</span> b: c(' in html
        assert "<span class=\"s1\">'d'</span>)" in html


class TestTaskLists:
    def test_have_the_same_html_in_every_process(self):
        boxes = '<input type="checkbox" disabled=""> <input type="checkbox" disabled="" checked="">'
        # As each process does, a module that is run anew makes a cleaner of its own.
        made = {runpy.run_path(sanitise.__file__)["sanitise"](boxes) for _ in range(20)}
        assert made == {boxes}

    def test_are_boxes_that_cannot_be_ticked(self):
        html = render_markdown("- [ ] 하나\n- [x] 둘")
        assert '<li><input type="checkbox" disabled=""> 하나</li>' in html
        assert '<li><input type="checkbox" disabled="" checked=""> 둘</li>' in html

    def test_words_that_look_like_one_in_an_attribute_stay_there(self):
        text = '<img src="/a.png" title="<input type=&quot;checkbox&quot; checked=&quot;&quot;>">'
        assert 'title="' in (html := sanitise.sanitise(text))
        assert html.count('"') == text.count('"') + 2  # loading="lazy"


class TestHostile:
    @pytest.mark.parametrize(
        "text",
        [
            "<script>alert(1)</script>",
            "<style>header{display:none}</style>",
            '<div style="position:fixed">x</div>',
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
            "<a href='java\tscript:alert(1)'>x</a>",
            "[a](/\\evil.example)",
            "[a](//evil.example)",
            "![a](data:image/svg+xml,<svg>)",
            "<form action=https://evil.example><button>x</button></form>",
            "<iframe src=https://evil.example></iframe>",
            '<svg onload="alert(1)"></svg>',
            '<p id="root" class="x">x</p>',
        ],
    )
    def test_leaves_nothing_behind(self, text):
        html = render_markdown(text).lower()
        for trace in (
            *(
                "<script",
                "<style",
                "style=",
                "onerror",
                "onload",
                "javascript:",
                "<form",
                "<button",
            ),
            *("<iframe", "<svg", 'href="/', 'src="/', 'src="data', 'id="root', 'class="x'),
        ):
            assert trace not in html


class TestBadInput:
    @pytest.mark.parametrize(
        "text",
        [
            ">" * 10_000,
            "> - " * 10_000,
            "[" * 10_000,
            "![" * 10_000 + "](a)" * 10_000,
            "*a _a " * 8_000,
            "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|",
            "```\n끝나지 않는 코드",
            "a\x00b\ud800c",
            "".join(f"[^{n}]" for n in range(300)) + "".join(f"\n[^{n}]: x" for n in range(300)),
            "https://a.example/" + "x" * 8_192,
            "<b>" * 16_000,
        ],
    )
    def test_is_answered_within_a_second_or_refused(self, text):
        begun = time.process_time()
        with suppress(TooNestedError):
            render_markdown(text)
        assert time.process_time() - begun < 1

    @pytest.mark.parametrize("text", [">" * 10_000, "> - " * 10_000, "*a _a " * 8_000])
    def test_what_is_nested_too_deeply_is_refused_with_a_sentence(self, text):
        with pytest.raises(TooNestedError, match="요"):
            render_markdown(text)
