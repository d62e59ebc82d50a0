"""What every text has in common: how it is composed, and whether there is anything to see in it.

`python -m user.text` writes the same rule for the browser, into `GENERATED`; a test fails when
that file is older than this one.
"""

import re
import unicodedata
from pathlib import Path

GENERATED = Path(__file__).parent.parent / "frontend/src/components/text/invisible.ts"

# Characters that leave no mark: Unicode's separators, controls, formats and surrogates, what it
# says may be ignored (Default_Ignorable_Code_Point), the Hangul fillers and the empty braille cell.
# A table, so that the server's and the browser's versions of Unicode cannot disagree.
INVISIBLE = (
    *((0x0000, 0x0020), (0x007F, 0x00A0), (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C)),
    *((0x115F, 0x1160), (0x1680, 0x1680), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2000, 0x200F)),
    *((0x2028, 0x202F), (0x205F, 0x206F), (0x2800, 0x2800), (0x3000, 0x3000), (0x3164, 0x3164)),
    *((0xD800, 0xDFFF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB)),
    *((0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
_VISIBLE = re.compile("[^" + "".join(f"{chr(a)}-{chr(b)}" for a, b in INVISIBLE) + "]")


def has_nothing_to_see(text: str) -> bool:
    """Whether a text is empty to the eye, whatever characters it has."""
    return not _VISIBLE.search(text)


def composed(text: str) -> str:
    """A text in Unicode's composed form (NFC).

    macOS and some keyboards send Hangul as single letters (ㄱ, ㅏ), which look the same.
    """
    return unicodedata.normalize("NFC", text)


def typescript() -> str:
    """The rule above as the browser's file."""
    ranges = "".join(f"\\u{{{first:x}}}-\\u{{{last:x}}}" for first, last in INVISIBLE)
    return (
        "// Made by `python -m user.text`; the server has the same table.\n\n"
        "/** Matches a character that leaves a mark. */\n"
        "export const VISIBLE =\n"
        "  // biome-ignore lint/suspicious/noControlCharactersInRegex: they leave no mark either\n"
        "  // biome-ignore lint/suspicious/noMisleadingCharacterClass: none is combined\n"
        f"  /[^{ranges}]/u;\n"
    )


if __name__ == "__main__":
    GENERATED.write_text(typescript(), encoding="utf-8")
