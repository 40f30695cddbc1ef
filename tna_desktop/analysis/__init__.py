"""The arithmetic of a ranking: numpy in, frozen results out; no database, no window, no words for people."""
