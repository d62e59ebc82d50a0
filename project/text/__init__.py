"""What people write, as HTML: the one place where Markdown is turned into it.

markdown    the whole of it: a project's text, a comment's text
nesting     refuses what is nested so deeply that parsing would overflow the stack
raw_html    which pieces of HTML in a text are HTML, and which are words in angle brackets
links       bare addresses and mentions in running text
code        colours for code
sanitise    the allow-list that everything passes last
rendering   the stored HTML of projects and comments: made when they are saved, and again later
"""

# Raised by one whenever the same text would give other HTML: stored HTML is then made again.
RENDERER_VERSION = 7
# Since this one a comment keeps whom its nicknames mean.
KEEPS_MENTIONS = 4
