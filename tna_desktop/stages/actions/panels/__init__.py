"""The screens of stage 5, one module a step."""
