"""The screens of stage 6, one file each, and what they share: making the report and leafing through it."""
