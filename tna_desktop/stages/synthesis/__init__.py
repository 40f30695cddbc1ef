"""Stage 6, synthesis report: is it ready, what does it say, and how it leaves the house."""
