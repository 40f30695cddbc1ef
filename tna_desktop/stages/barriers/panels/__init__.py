"""The screens of stage 4, one module a step."""
