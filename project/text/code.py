"""Colours for code: those of Pygments' classes that the site's style sheet themes."""

from functools import cache, lru_cache
from html import escape
from itertools import groupby

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
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
OTHER_NAMES = {"gql": "graphql", "kt": "kotlin", "svelte": "html", "svg": "xml", "shell": "bash"}
# The classes that have a colour (`WrittenText.module.css`). Names, marks and white space have none:
# without their spans a text that is half code is half as long, and made in 4 ms less.
THEMED = frozenset(
    """
    c c1 ch cm cp cpf cs fm gd gh gi gu il k kc kd kn kp kr kt m mb mf mh mi mo na nb nc nd ne nf
    nn nt nv ow s s1 s2 sa sb sc sd se sh si sr ss sx vc vg vi
    """.split()  # noqa: SIM905
)


def load_lexers() -> None:
    """Compile the expressions of every language now: 1 s and 15 MB, which forked workers share.

    Otherwise each worker's first text in a language waits for it, 5 to 200 ms.
    """
    for language in LANGUAGES:
        _lexer(language)


def code_block(code: str, info: str, coloured_so_far: int = 0) -> tuple[str, int]:
    """A block of code as HTML, and how many characters of the text are coloured with it.

    `info` is what stands after the fence; its first word names the language.
    """
    language = info.split(maxsplit=1)[0].lower() if info.strip() else ""
    lexer = _lexer(language)
    if lexer and coloured_so_far + len(code) <= MAX_COLOURED:
        body = _coloured(code, lexer)
        coloured_so_far += len(code)
    else:
        body = escape(code, quote=False)
    name = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{name}>{body}</code></pre>\n", coloured_so_far


# A preview asks for the same blocks again with each letter that is typed next to them.
@lru_cache(maxsize=64)
def _coloured(code: str, lexer: Lexer) -> str:
    """Code as HTML: each run of one colour in a span."""
    pieces: list[str] = []
    for name, run in groupby(lexer.get_tokens(code), key=lambda token: _class(token[0])):
        text = escape("".join(text for _token, text in run), quote=False)
        pieces.append(f'<span class="{name}">{text}</span>' if name else text)
    return "".join(pieces)


@cache
def _class(token: _TokenType) -> str:
    """The class of a kind of token, or of the kind that it belongs to; empty without a colour."""
    kind: _TokenType | None = token
    while kind is not None and kind not in STANDARD_TYPES:
        kind = kind.parent
    name = STANDARD_TYPES.get(kind, "") if kind is not None else ""
    return name if name in THEMED else ""


@lru_cache(maxsize=128)
def _lexer(language: str) -> Lexer | None:
    """The lexer of a language that is coloured; it keeps all white space."""
    if language not in LANGUAGES:
        return None
    try:
        return get_lexer_by_name(OTHER_NAMES.get(language, language), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
