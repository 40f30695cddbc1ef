"""The parts of the screens of stage 1, one module per step or panel."""
