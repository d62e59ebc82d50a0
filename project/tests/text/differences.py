"""Where what we publish differs from the specifications' HTML, and why.

A difference that is not named here fails `test_corpus.py`, and so does one that is no more.
Line breaks are kept everywhere (`<br>`), headings have ids, code has colours, links have `rel`:
`compare.py` looks past these.
"""

MARKDOWN_IN_HTML = "a line below a tag is Markdown: writers put **bold** under <center> and <br>"
WORDS = "a tag outside the allow-list, or without its other half, is words: `List<String>`"
BARE_LINKS = "GFM's bare links are links; CommonMark has none"
COMMONMARK: dict[str, tuple[int, ...]] = {
    MARKDOWN_IN_HTML: (
        *(148, 150, 151, 155, 160, 161, 162, 163, 164, 165, 166, 174, 185, 186, 189, 190),
    ),
    "a <style> without its end would hide the rest of the text, and is words": (173,),
    WORDS: (201, 491, 494, 613, 614, 615, 623),
    BARE_LINKS: (602, 606, 608, 611, 612),
}
GFM: dict[str, tuple[int, ...]] = {
    "one tilde is a range: 1~2주": (11,),
    "www. is followed over TLS": (14, 15, 16, 17, 18, 19, 20),
    "a host ends in a top-level domain of two letters or more; `a.b` is an abbreviation": (24,),
    WORDS: (25,),
}
