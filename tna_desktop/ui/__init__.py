"""Qt building blocks: how the program looks, and what every screen is made of. Knows no stage."""
