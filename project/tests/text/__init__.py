"""What the renderer is held against: the specifications' examples, Korean texts, hostile texts.

commonmark.json  the 652 examples of CommonMark 0.31.2 (by John MacFarlane, CC BY-SA 4.0)
gfm.json         the examples of GitHub's extensions, after the GFM specification (CC BY-SA 4.0)
korean.json      what people write here, and what must and must not be published
hostile.json     what tries to run something or to reach another host
differences      where what we publish differs from the specifications' HTML, and why
compare          two pieces of HTML, compared as a reader sees them
"""
