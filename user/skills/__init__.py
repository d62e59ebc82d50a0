"""The tech stack: technologies, the names they go by, and where they are looked up.

- `views`, `serializers`: the list of skills over HTTP, and the names in other shapes
- `services`: merging two skills
- `models`: the rows and their queries; `slugs`: their names in addresses
"""
