"""Recommendation: who is like whom, and which projects follow from it.

From the minute's job to a recommendation, as a list of files, each using only what stands below:

    cron                                the minute's job, as django-crontab calls it
    similarity/job                      what changed, what to compute, what to publish
    similarity/snapshot, bookmarks      read from the database
    similarity/neighbour_lists, search  the nearest by stack (kernels, leaf_kernels: their loops)
    similarity/taste                    the nearest by shared bookmarks (taste_kernels: its loops)
    files/csv_parts, taste_parts        written as CSV (csv_kernels: their loop)
    files/generations, storage          switched to, and one person's lines read
    recommend                           reads files and board, gives projects with reasons
    visibility                          who and what may be shown to a person: the one place
    ranking                             how projects are ranked; `evaluation` shares it
    serializers, views, urls            the same over HTTP

Aside from the flow: `people` (people like me), `starters` (what a newcomer picks from),
`evaluation` (how good the recommendations are), `constants`, `apps`. The folders' maps name
the rest.
"""
