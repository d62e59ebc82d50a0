"""Data to look at: what `manage.py demo` makes and what `manage.py load_data` reads.

- `accounts`: the demo's people with a login
- `texts`: the words (from the `.txt` and `.md` files)
- `art`, `screens`: the drawn pictures: owls, and covers that look like apps
- `chats`: their coffee chats
- `build`: makes all of it
- `csv_import`: people and projects from CSV files, for a large site
- `bulk`: writes many people and projects at once
"""
