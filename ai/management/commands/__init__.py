"""Management commands of the recommendation."""
