"""The project board."""
