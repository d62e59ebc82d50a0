"""Web Push: notifications that reach a browser also when no page of the site is open.

- `subscriptions`: the browsers that a person turned it on in
- `endpoint`: the connection to a push service, which is never an address of our own network
- `message`: what a push says
- `send`: sends what is due, what is due for one browser in one push
"""
