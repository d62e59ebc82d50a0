"""Computes who is like whom.

In the order in which data flows:

job              one run: what changed, what to compute, what to publish
lock             no two runs at once
snapshot         who holds which skills, and what changed, read from the database
state            what a run remembers for the next
bookmarks        who bookmarked what, read from the database
neighbour_lists  each user's list, built whole or brought up to date
search           the exact search for the nearest stacks, on arrays alone
kernels          its compiled loops
leaf_kernels     the arranging that lets the loops leave most people out
taste            the lists of taste: who shares most bookmarks with whom
taste_kernels    its compiled loops
workers          threads or a Dask cluster, where blocks of the search run
"""
