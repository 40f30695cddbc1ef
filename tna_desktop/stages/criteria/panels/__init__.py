"""The parts of the screens of stage 2, one module per step or panel."""
