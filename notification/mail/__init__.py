"""Mails about notifications.

- `send`: sends what is due, each person's in one mail, each at most once
- `message`: what such a mail says
- `smtp`: tells when the server is about to get a mail's last byte
- `unsubscribe`: the signed link that ends mails of a kind without a log-in (RFC 8058)
"""
