"""Public pages: the built front end with a page's text, data and description written into it.

- `urls`, `views`: addresses, and how a page is answered
- `screens`: what stands on each page
- `api`: a page's data, asked of the API's own views as a visitor would
- `structured`: the same for search engines (schema.org)
- `cards`, `drawing`: the picture of a shared link; `oembed`: how another site shows the link
- `feeds`, `sitemaps`, `well_known`: what readers and machines ask for besides
- `shell`: the built `index.html`, and how a page is written into it
"""
