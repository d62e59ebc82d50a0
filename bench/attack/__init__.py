"""Attacks of one client on servers of their own: `python -m bench.attack [--root PLACE] [NAME…]`.

Needs PostgreSQL and Redis (its database and number are emptied: BENCH_REDIS_URL). Starts Gunicorn
with two workers, and Daphne for what goes through sockets, again for each attack, with the limits
of production, and prints what the attack cost: seconds, those of a processor, and MB of the largest
process; and what was answered.
`--root` attacks another working copy, to compare with how things were.

- `site`: the servers under attack, and people with accounts on them
- `requests`: long lists, large bodies, guesses, what hashes
- `pictures`: uploads that are small on the wire; `jpegs` makes those that no program saves
- `sockets`: clients that do not read, or ask for much and go
- `log_out`: for how long tokens and sockets outlive their log-in
- `__main__`: the table
"""
