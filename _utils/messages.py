"""Keeps the translations: `python _utils/messages.py` after a sentence was added or changed.

Reads what each app's code and templates mark into its `locale/en/LC_MESSAGES/django.po`, whose
empty `msgstr` are then to be filled in, and compiles every `django.po` to the `django.mo` that
Django reads. A sentence that no code marks any more goes. `locale/ko` is written by hand: what
libraries say, in our tone.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ("user", "moderation", "notification", "project", "chat", "ai", "sidepro")
PO = "LC_MESSAGES/django.po"
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
}


def sources(app: str) -> list[Path]:
    """The files of an app that may mark a sentence."""
    modules = (path for path in (ROOT / app).rglob("*.py") if "tests" not in path.parts)
    return sorted([*modules, *(ROOT / app).rglob("templates/**/*.*")])


def marked(app: str) -> Catalog:
    """What the app's code and templates mark, without translations."""
    catalog = Catalog()
    for path in sources(app):
        for message in _marked_in(path):
            catalog.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalog


def _marked_in(path: Path) -> Iterator[Any]:
    text = path.read_text()
    if path.suffix == ".py":
        method = "python"
    else:
        # Django writes a template as calls of gettext between noise, which no Python can read.
        method, text = "javascript", templatize(text)
    for _, message, _, _ in extract(method, io.BytesIO(text.encode()), keywords=KEYWORDS):
        yield message


def catalogues() -> list[Path]:
    """Every django.po of ours."""
    return sorted(path for app in APPS for path in (ROOT / app).glob(f"locale/*/{PO}"))


def read(path: Path) -> Catalog:
    """A django.po."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def update(app: str) -> None:
    """Bring the app's English catalogue up to what its code marks."""
    found = marked(app)
    path = ROOT / app / "locale" / "en" / PO
    known = {message.id: message for message in read(path)} if path.exists() else {}
    if not len(found):
        return
    catalog = Catalog(locale="en")
    for message in found:
        if message.id:
            translation = known[message.id].string if message.id in known else None
            catalog.add(message.id, translation, locations=message.locations)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_po(catalog))


def as_po(catalog: Catalog) -> bytes:
    """A catalogue as a django.po, the same each time."""
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale_identifier}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    body = io.BytesIO()
    write_po(body, catalog, width=100, omit_header=True, include_lineno=False, sort_by_file=True)
    return head.encode() + body.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """A catalogue as the django.mo that Django reads, the same each time."""
    catalog.creation_date = catalog.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    return compiled.getvalue()


def forms(id_or_string: Any) -> list[str]:
    """A sentence's forms: one, or those of the singular and the plural."""
    return [id_or_string] if isinstance(id_or_string, str) else list(id_or_string or [""])


def missing(catalog: Catalog) -> list[Any]:
    """The sentences that have no translation, or not in each of the plural's forms."""
    return [message.id for message in catalog if message.id and not all(forms(message.string))]


def main() -> None:
    """Update and compile; exit with what is still to be translated."""
    for app in APPS:
        update(app)
    untranslated = []
    for path in catalogues():
        catalog = read(path)
        path.with_suffix(".mo").write_bytes(as_mo(catalog))
        untranslated += [f"{path.relative_to(ROOT)}: {text}" for text in missing(catalog)]
    if untranslated:
        sys.exit("To be translated:\n" + "\n".join(untranslated))


if __name__ == "__main__":
    main()
