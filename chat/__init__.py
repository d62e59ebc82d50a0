"""The coffee chat (커피챗)."""
