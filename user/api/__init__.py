"""What the HTTP API of every app is built on; nothing here knows accounts or projects.

In the order of a request:

- `throttling`: how often a person or an address may ask
- `views`: what open endpoints are built on
- `validation`: what a request says, checked
- `fields`: texts with something to see, and lists whose length is checked before their items
- `pagination`: keyset pages, for any model and any kind of primary key
- `conditional`: answers with an `ETag`
- `bounded`: costly work, a little of it at a time
- `errors`: answers that Django REST framework has no class for
"""
