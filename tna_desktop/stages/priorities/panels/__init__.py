"""The screens of stage 3: sectors, long list, scores and ranking."""
