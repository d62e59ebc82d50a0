"""Recommendation: who holds a similar stack, and which projects follow from it."""
