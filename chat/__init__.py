"""The coffee chat (커피챗): rooms for two, over HTTP and over sockets.

In the order in which a request flows through them:

    urls, views     rooms over HTTP: who may do what, and with which status
    routing         the addresses of the sockets
    consumers       the chat socket and the inbox socket, on top of `chat.realtime`
    serializers     the shape of a room and of a message, over HTTP and over sockets alike
    text            what a message may say
    services        what changes rooms, and notifies those who see them
    notifying       whom that notifies outside of the chat
    models          rooms, messages and leases, and the queries over them
    constants       the protocol's numbers and names
    signals, apps   what happens to rooms when an account goes; what is registered at start-up
    reportable      messages as something that can be reported
    admin           rooms and messages for moderators
    metrics         what Prometheus counts

A message from one browser to the other, step by step: see `chat.realtime`.
PROTOCOL.md and asyncapi.yaml describe the sockets for other clients, example_client.py is one.
"""
