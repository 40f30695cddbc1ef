"""Stage 5, actions: who does what, by when, with which money."""
