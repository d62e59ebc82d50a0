"""The coffee chat while servers die: `pytest -m chaos chat`, on PostgreSQL.

messages   nothing acknowledged is lost or doubled, and all see one order
consent    requests, answers, refusals and blocks follow design's tables (`chat.tests.tables`), in
           CHAOS_SEEDS worlds, from CHAOS_FIRST on
person     who does all this at random, and keeps what was answered
"""
