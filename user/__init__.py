"""Accounts, profiles, skills, pictures and log-in sessions: the lowest floor, which all others use.

In the order in which a request passes through:

- `urls`, `views`: accounts, profiles and skills over HTTP
- `authentication`, `keys`: access tokens, and the keys that sign them
- `permissions`: who may do what beyond being signed in
- `fields`, `names`: addresses, nicknames and passwords as they are written; reserved names
- `serializers`: the shapes of accounts, profiles, people and skills
- `accounts`, `emails`, `sessions`: what happens to a whole account, its address and its log-ins
- `mail`: mails that these cause
- `hashing`: passwords, few at once
- `models`, `constants`, `signals`: the rows, their limits, and what is derived from them
- `admin`, `admin_base`, `forms`: the admin's pages; the base of every app's lists there

- `api/`: what the HTTP API of every app is built on (pages, limits, errors)
- `images/`: uploaded pictures
"""
