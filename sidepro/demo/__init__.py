"""What `manage.py demo` shows: people, projects and pictures."""
