"""The numbers of the recommendation that stand in more than one place."""

# Two people whose stacks' Jaccard similarity is smaller are no neighbours.
MIN_SIMILARITY = 0.1
