"""What people are notified of, and how: on the site, by mail and by Web Push.

In the order in which data flows:

- `constants`: the kinds, the channels, who is notified how unless they say otherwise, and when
- `models`: notifications with their events, the outbox of deliveries, settings, follows
- `services`: `notify` and `withdraw`, which other apps call inside their own transaction; read
  marks; following
- `schedule`: when a delivery is due in the recipient's day
- `signals`: `notified`, by which a higher floor tells open pages
- `receivers`: what lower floors do that people have to be notified of
- `outbox`, `mail`, `push`: who sends what is due, mails and pushes; `wording`: the sentences
- `serializers`, `views`, `urls`: the same over HTTP; `links`: where one leads on the site
- `cron`: what the crontab runs; `health`: how the outbox is doing
- `admin`: what was sent to whom
"""
