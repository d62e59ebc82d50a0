"""The Django project: settings, routes and servers that wire the apps together."""
