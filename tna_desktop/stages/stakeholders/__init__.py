"""Stage 1, stakeholders: what the assessment is for, and who has a stake in it."""
