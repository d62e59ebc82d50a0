"""How a skill's name becomes the part of an address."""

from collections.abc import Container

from django.utils.text import slugify

# Signs that tell names apart (C, C++, C#, .NET) and would otherwise fall away.
SPELLED_OUT = {"+": "p", "#": "sharp", ".": ""}
MAX_LENGTH = 60


def skill_slug(name: str, taken: Container[str] = frozenset()) -> str:
    """A slug for a skill's name that is not among those taken: `c`, `cpp`, `csharp`, `dotnet`.

    Letters of any language stay. What collides gets a number; what has no letters is `skill`.
    """
    name = f"dot{name[1:]}" if name.startswith(".") else name
    for sign, spelled in SPELLED_OUT.items():
        name = name.replace(sign, spelled)
    base = slugify(name.replace("/", "-").replace("·", "-"), allow_unicode=True)
    base = base[: MAX_LENGTH - 5] or "skill"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
