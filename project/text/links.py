"""Bare addresses and mentions in running text.

For chat, which has no HTML, `features/chat/text/linkify.ts` of the front end finds addresses by
the same rule; both are held against the same cases (`linkCases.json`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

# Hangul and other letters beyond ASCII belong to an address only in a part of it (after "/" or "=")
# that begins with one: particles follow an address without a space ("…/repo를"). Quotes end one,
# and so do the marks that could show it backwards.
_OTHER = "[^\\s\\x00-\\x7f“”‘’「」『』\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]"
_ASCII = r"[!#-;=?-Z\[\]_a-z~]"
_ASCII_OF_PART = r"[!#-.0-;?-Z\[\]_a-z~]"
ADDRESS = re.compile(
    r"(?<![A-Za-z0-9_/@.:-])(?:https?://|www\.)(?=[A-Za-z0-9가-힣\[])"
    rf"(?:{_ASCII}|(?<=//){_OTHER}+|(?<=[/=])(?<!//){_OTHER}(?:{_OTHER}|{_ASCII_OF_PART})*)+",
    re.IGNORECASE,
)
HOST = re.compile(
    r"(?:https?://)?(?:localhost|(?:[a-z0-9가-힣_](?:[a-z0-9가-힣_-]*[a-z0-9가-힣])?\.)+[a-z0-9가-힣-]{2,}"
    r"|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?::\d{1,5})?(?=[/?#]|$)",
    re.IGNORECASE,
)
EMAIL = re.compile(r"(?<![\w.+/@-])[A-Za-z0-9._+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}")
MENTION = re.compile(r"(?<![\w@./-])@([0-9A-Za-z가-힣_.-]{2,20})")
ENDING = "?!.,:;*_~'\"…·"
CLOSING = {")": "(", "]": "["}
CANDIDATE = re.compile(f"{ADDRESS.pattern}|{EMAIL.pattern}", re.IGNORECASE)


def trim_address(address: str) -> str:
    """An address without the punctuation of the sentence it stands in.

    A closing bracket belongs to it only when its opening one does; one of the sentence ends it also
    before a particle ("(…/한글)도").
    """
    address = _before_sentence_bracket(address)
    end = len(address)
    opened = {mark: address.count(mark) for mark in "()[]"}
    while end:
        last = address[end - 1]
        if last in ENDING:
            end -= 1
        elif last in CLOSING and opened[last] > opened[CLOSING[last]]:
            opened[last] -= 1
            end -= 1
        else:
            break
    return address[:end]


def _before_sentence_bracket(address: str) -> str:
    """Up to a closing bracket that nothing in it opened, with a letter beyond ASCII behind it."""
    opened = dict.fromkeys(CLOSING.values(), 0)
    for place, mark in enumerate(address):
        if mark in opened:
            opened[mark] += 1
        elif (opener := CLOSING.get(mark)) and opened[opener]:
            opened[opener] -= 1
        elif opener and address[place + 1 : place + 2] > "\x7f":
            return address[:place]
    return address


def link_addresses(text: str) -> str:
    """Plain text as HTML in which bare addresses (http, https, www, e-mail) are links."""
    html: list[str] = []
    position = 0
    for found in CANDIDATE.finditer(text):
        address = trim_address(found[0])
        if found.start() < position or not (target := _target(address)):
            continue
        html.append(escape(text[position : found.start()], quote=False))
        html.append(f'<a href="{escape(target)}">{escape(address, quote=False)}</a>')
        position = found.start() + len(address)
    html.append(escape(text[position:], quote=False))
    return "".join(html)


def mentioned_names(text: str) -> set[str]:
    """What may be a nickname after an @, in lower case: a particle may follow it without a space.

    `@소연님께` may name 소연님께, 소연님 or 소연.
    """
    return {
        run[1][:length].lower()
        for run in MENTION.finditer(text)
        for length in range(2, len(run[1]) + 1)
    }


@dataclass
class Mentions:
    """Turns mentions in running text into links, and remembers whom it found.

    `people`: nicknames as they are spelled, by their lower case. The longest one that fits counts.
    """

    people: Mapping[str, str]
    found: set[str] = field(default_factory=set)

    def link(self, text: str) -> str:
        """Plain text as HTML in which mentions and bare addresses are links."""
        html: list[str] = []
        position = 0
        for run in MENTION.finditer(text) if self.people else ():
            prefixes = (run[1][:length].lower() for length in range(len(run[1]), 1, -1))
            name = next((prefix for prefix in prefixes if prefix in self.people), None)
            if name is None:
                continue
            self.found.add(name)
            spelling = self.people[name]
            html.append(link_addresses(text[position : run.start()]))
            html.append(f'<a class="mention" href="/users/{quote(spelling)}">@{spelling}</a>')
            position = run.start() + 1 + len(name)
        html.append(link_addresses(text[position:]))
        return "".join(html)


def _target(address: str) -> str | None:
    """Where an address leads; None when it is none."""
    if "@" in address and not address.lower().startswith(("http", "www.")):
        return f"mailto:{address}"
    if not HOST.match(address):
        return None
    return f"https://{address}" if address.lower().startswith("www.") else address
