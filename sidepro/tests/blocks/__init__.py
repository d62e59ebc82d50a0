"""That whoever a block parts is not shown to the other, anywhere: one table of all endpoints."""
