"""Accounts, profiles, skills, pictures and log-in sessions: the lowest floor, which all others use.

In the order in which a request passes through:

- `urls`, `views`: accounts, profiles and skills over HTTP
- `login/`: who a request comes from: access tokens, log-in sessions, keys, hashing
- `permissions`: who may do what beyond being signed in
- `fields`, `names`: addresses, nicknames and passwords as they are written; reserved names
- `text`: whether there is anything to see in a text
- `serializers`: the shapes of accounts, profiles, people and skills
- `accounts`, `emails`: what happens to a whole account and its address
- `mail`: mails that these cause
- `search`: people by what they say of themselves
- `renames`: nicknames that people had before
- `models`, `constants`, `signals`, `apps`: the rows, their limits, and what is derived from them
- `admin/`, `forms`: the admin's pages and forms; the base of every app's lists there

- `api/`: what the HTTP API of every app is built on (pages, limits, errors)
- `images/`: uploaded pictures
"""
