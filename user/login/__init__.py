"""Log-ins: who a request comes from, and how long that holds.

authentication  access tokens, and the account and session that a request belongs to
keys            the keys that sign tokens, also while they are rotated
sessions        one row a log-in, with refresh tokens that rotate; suspending people ends theirs
hashing         passwords, few at once
"""
