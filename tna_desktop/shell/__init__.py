"""The window around the stages: start page, rail, app bar, step header, margin panel, and what is searched and kept."""
