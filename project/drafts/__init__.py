"""What people write and have not published yet, kept for themselves alone.

- `views`, `serializers`: my drafts over HTTP, as they stand
- `services`: saving one, and removing stale ones
- `models`: the rows and their queries
"""
