"""Recommendation: who is like whom, and which projects follow from it.

From the minute's job to a recommendation, each step using only what stands below it in this list
or in the folder that it names:

    cron           the minute's job, as django-crontab calls it
    similarity/    computes who is like whom (its own map goes on from here)
    files/         writes that to files, switches to them, and reads one person's lines
    recommend      the answer to a request: reads files and board, gives projects with reasons
    ranking        how neighbours' projects are ranked; `recommend` and `evaluation` share it
    serializers, views, urls    the same over HTTP

Aside from the flow: `evaluation` (how good the recommendations are), `checks` (settings),
`constants`, `apps`.
"""
