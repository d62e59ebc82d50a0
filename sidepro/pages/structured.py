"""What a page is about, for search engines: schema.org's types as JSON-LD."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from sidepro.pages.api import absolute

Thing = dict[str, Any]


def site(about: str) -> Thing:
    """The site itself, with its search."""
    return _thing(
        "WebSite",
        name="SidePro",
        url=absolute("/"),
        description=about,
        inLanguage="ko",
        potentialAction={
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute("/projects?search={search_term_string}"),
            },
            "query-input": "required name=search_term_string",
        },
    )


def project(found: Thing, author_path: str) -> Thing:
    """A project: code, with who wrote it and how it is liked."""
    shown = [found["thumbnail"], *(picture["url"] for picture in found["pictures"])]
    return _thing(
        "SoftwareSourceCode",
        name=found["title"],
        headline=found["title"],
        description=found["summary"],
        url=absolute(f"/projects/{found['id']}"),
        dateCreated=found["created_at"],
        datePublished=found["created_at"],
        dateModified=found["updated_at"],
        keywords=", ".join(found["skills"]),
        codeRepository=found["github_url"],
        image=[absolute(address) for address in shown if address],
        author={
            "@type": "Person",
            "name": found["author"]["username"],
            "url": absolute(author_path),
        },
        interactionStatistic=[
            _counter("ViewAction", found["view_count"]),
            _counter("BookmarkAction", found["bookmark_count"]),
            _counter("CommentAction", found["comment_count"]),
        ],
    )


def person(found: Thing, path: str) -> Thing:
    """A person's page."""
    profile = found["profile"]
    about = {
        "@type": "Person",
        "name": found["username"],
        "alternateName": found["username"],
        "url": absolute(path),
        "description": profile["description"],
        "image": profile["image"] and absolute(profile["image"]),
        "knowsAbout": profile["skills"],
        "sameAs": profile["github_url"],
    }
    return _thing("ProfilePage", dateCreated=found["joined_at"], mainEntity=_said(about))


def board(name: str, path: str, projects: Iterable[Thing]) -> Thing:
    """A list of projects."""
    items = [(card["title"], f"/projects/{card['id']}") for card in projects]
    return _collection(name, path, items)


def people(found: Iterable[Thing]) -> Thing:
    """A list of people."""
    items = [(one["username"], f"/users/{quote(one['username'])}") for one in found]
    return _collection("사람들", "/people", items)


def document(name: str, path: str) -> Thing:
    """A page of the site's own words."""
    return _thing("WebPage", name=name, url=absolute(path), inLanguage="ko")


def _collection(name: str, path: str, items: list[tuple[str, str]]) -> Thing:
    return _thing(
        "CollectionPage",
        name=name,
        url=absolute(path),
        inLanguage="ko",
        mainEntity={
            "@type": "ItemList",
            "numberOfItems": len(items),
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": title,
                    "url": absolute(address),
                }
                for position, (title, address) in enumerate(items, 1)
            ],
        },
    )


def _counter(action: str, number: int) -> Thing:
    return {
        "@type": "InteractionCounter",
        "interactionType": f"https://schema.org/{action}",
        "userInteractionCount": number,
    }


def _thing(kind: str, **facts: Any) -> Thing:
    return {"@context": "https://schema.org", "@type": kind} | _said(facts)


def _said(facts: Thing) -> Thing:
    """Without what is not known."""
    return {name: value for name, value in facts.items() if value not in (None, "", [])}
