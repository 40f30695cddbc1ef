"""Stage 4, barriers: what stands in the way of the chosen technologies, and what would lift it."""
