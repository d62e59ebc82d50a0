"""The one form of an address, and nicknames that would be taken for the house itself."""

from user.text import composed

# Addresses of their own under `users/`, and names that would speak for the site.
RESERVED = (
    *("me", "new", "edit", "settings", "all", "here", "null", "undefined", "anonymous"),
    *("sidepro", "admin", "administrator", "root", "system", "staff", "support", "help"),
    *("moderator", "official", "notice", "security", "operator", "api", "team", "everyone"),
    *(
        "운영자",
        "운영진",
        "운영팀",
        "관리자",
        "관리팀",
        "사이드프로",
        "고객센터",
        "공지",
        "공지사항",
    ),
    *("공식", "시스템", "알림", "도우미", "부엉이팀"),
)
# The pattern of nicknames keeps to ASCII and Hangul syllables; these look alike among them.
LOOKS_LIKE = str.maketrans("01345789", "oleastbg", "_.-")
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("i", "l"))


def normal_email(email: str) -> str:
    """The one form of an e-mail address: stored, compared, and the key of every limit."""
    return composed(email).strip().lower()


def skeleton(name: str) -> str:
    """What a name looks like at a glance: names with one skeleton are taken for each other."""
    text = name.lower().translate(LOOKS_LIKE)
    for pair, letter in PAIRS:
        text = text.replace(pair, letter)
    return text


_SKELETONS = {skeleton(name) for name in RESERVED}
_SITES = tuple(skeleton(name) for name in ("sidepro", "사이드프로"))
_OFFICES = tuple(skeleton(name) for name in ("운영자", "관리자"))


def is_reserved(name: str) -> bool:
    """Whether a name is the house's own or looks like it: `s1depro`, `SidePro_Team`, `운영자2`."""
    looks = skeleton(name)
    if looks in _SKELETONS or looks.startswith(_OFFICES):
        return True
    rests = {looks.removeprefix(site).removesuffix(site) for site in _SITES if site in looks}
    return not rests.isdisjoint(_SKELETONS)
