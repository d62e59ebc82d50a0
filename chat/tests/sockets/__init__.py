"""The chat socket and the inbox socket, through the whole ASGI application."""
