"""Two pieces of HTML, compared as a reader sees them."""

from html.parser import HTMLParser

from project.text.sanitise import sanitise

# What every published text has on top: it says nothing of how a text is read.
ADDED = {"id", "rel", "class", "loading"}


class _Reader(HTMLParser):
    """The tags and words of some HTML, without colours, anchors and the breaks of lines."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.text = ""
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag with what it says; a line break is white space, as a new line in the source."""
        if tag == "span":
            return
        if tag == "br":
            self.text += "\n"
            return
        self._end_text()
        self.in_code += tag == "pre"
        kept = sorted((name, value or "") for name, value in attrs if name not in ADDED)
        self.seen.append(f"<{tag} {kept}>")

    def handle_endtag(self, tag: str) -> None:
        """The end of a tag."""
        if tag in {"span", "br"}:
            return
        self._end_text()
        self.in_code -= tag == "pre"
        self.seen.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Words; their white space counts in code only."""
        self.text += data

    def _end_text(self) -> None:
        text = self.text if self.in_code else " ".join(self.text.split())
        if text:
            self.seen.append(text)
        self.text = ""

    def read(self, html: str) -> list[str]:
        """What a reader sees of it."""
        self.feed(html)
        self.close()
        self._end_text()
        return self.seen


def as_seen(html: str) -> list[str]:
    """HTML that may be published, as tags and words in their order."""
    return _Reader().read(sanitise(html))
