"""Blocks between people, reports, and the moderators' queue.

constants      kinds, reasons, decisions and the sentences that answer a report
models         Block, Case (what was reported), Report (who said so, and what was kept)
visibility     who may be found by whom
targets        what can be reported: higher apps register their kinds
rights         what a moderator may decide
services       block, unblock, report, decide: each one transaction
signals        what higher apps do in these transactions
serializers, views, urls
admin, forms   the queue, and the form of a decision
"""
