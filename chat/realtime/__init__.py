"""What the sockets stand on.

In the order in which a message from one browser to the other passes through them:

    handshake       whose socket this is: the access token and the origin
    base_consumer   limits, lease, heartbeat and closing of every socket
    protocol        the client's frames, checked
    (consumers)     `ChatConsumer` takes the message and waits for its acknowledgement
    group_commit    stores the messages of all sockets of a process in shared transactions
    store           gives a message its `seq` and stores it, under the lock of its room
    store_sql       the one statement with which `store` does that on PostgreSQL
    groups          hints to the sockets of other processes, through the channel layer
    (consumers)     the partner's `ChatConsumer` hears the hint
    stream          puts hints in the order of `seq`, and reads what is missing

and alongside it, for every socket:

    queries         what sockets ask the database; notifications: what an inbox asks of them
    presence        leases that say who has a room open
    heartbeat       renews leases and memberships, and repairs what lost hints left behind
"""
