"""What Prometheus counts of the coffee chat."""

from prometheus_client import Counter

messages_stored = Counter("sidepro_messages_stored", "Messages that were committed")
messages_sent = Counter("sidepro_messages_sent", "Messages that were sent to sockets")
hints = Counter("sidepro_hints", "Hints given to the channel layer")
hints_dropped = Counter("sidepro_hints_dropped", "Hints that the channel layer did not take")
