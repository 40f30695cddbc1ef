"""Stage 3, priorities: sectors, technologies, their scores and the shortlist."""
