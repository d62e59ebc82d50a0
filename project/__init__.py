"""The project board: projects, comments, bookmarks and search.

In the order in which a request passes through:

- `urls`, `views`, `permissions`: who may do what, and with which status
- `serializers`: the shapes of cards, projects and comments
- `versions`: two writers of one text
- `services`: writes that touch several rows; `viewing`: the counting of views;
  `pictures`: a project's gallery
- `notifying`: whom a write notifies; `reportable`: what of the board can be reported
- `trending`: what the crontab counts; `similar`: projects like another one
- `models/`: rows, rules and queries, one queryset method a screen; the text search
- `drafts`: what is not published yet
- `signals`, `apps`: keeps what is derived true; what is registered at start-up
- `constants`: orderings and limits
- `admin`: moderation

`GET projects/?skills=` reads, in this order: `sidepro/urls`, `project/urls`, `project/views`,
`user/login/authentication`, `user/api/validation`, `project/serializers`, `project/models/project`,
`user/api/pagination`, and for the answer `project/serializers` again with `user/images/storage`.
"""
