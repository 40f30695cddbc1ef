"""Stage 2, criteria: what good means, and how much each criterion matters to whom."""
