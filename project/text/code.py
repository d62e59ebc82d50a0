"""Colours for code: Pygments' classes, which the site's style sheet themes."""

from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# Colouring 1,000 characters takes about 1 ms; what is beyond stays plain.
MAX_COLOURED = 20_000
# Languages whose colours are worth their time; any other name leaves the code plain.
LANGUAGES = frozenset(
    """
    bash c c++ c# console cpp cs csharp css dart diff docker dockerfile elixir go golang gql graphql
    haskell hs html ini java javascript js json jsx kotlin kt lua make makefile markdown md nginx
    objc objective-c objectivec perl php py python r rb rs ruby rust scala scss sh shell sql svelte
    svg swift toml ts tsx typescript vue xml yaml yml zsh
    """.split()  # noqa: SIM905 - seventy quoted words would not be read by anyone
)
OTHER_NAMES = {"svelte": "html", "svg": "xml", "shell": "bash"}

_formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


def code_block(code: str, info: str, coloured_so_far: int = 0) -> tuple[str, int]:
    """A block of code as HTML, and how many characters of the text are coloured with it.

    `info` is what stands after the fence; its first word names the language.
    """
    language = info.split(maxsplit=1)[0].lower() if info.strip() else ""
    lexer = _lexer(language)
    if lexer and coloured_so_far + len(code) <= MAX_COLOURED:
        body = highlight(code, lexer, _formatter)
        coloured_so_far += len(code)
    else:
        body = escape(code, quote=False)
    name = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{name}>{body}</code></pre>\n", coloured_so_far


@lru_cache(maxsize=128)
def _lexer(language: str) -> Lexer | None:
    """The lexer of a language that is coloured; it keeps all white space."""
    if language not in LANGUAGES:
        return None
    try:
        return get_lexer_by_name(OTHER_NAMES.get(language, language), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
