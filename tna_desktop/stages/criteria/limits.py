"""The thresholds of stage 2 that several places share, as the workflow in use says them."""

from __future__ import annotations

from tna_desktop.kernel.workflow import Workflow

#: Spread in percentage points above which a criterion wants a discussion, when the workflow does not say.
SPREAD = 14.0


def spread_limit(workflow: Workflow) -> float:
    """The spread of the groups' weights the workflow allows before it asks for a discussion, in percentage points."""
    for stage in workflow.stages:
        for step in stage.steps:
            for check in step.checks:
                if check.check == "weights_disputed":
                    return float(check.parameters.get("spread_points", SPREAD))
    return SPREAD
