"""Makes the golden document of the current format, once, when a format is new: python tests/documents/make_documents.py

It refuses to make one anew: a document that an earlier version wrote is worth something only as that version wrote it.
The companion ``format_N.json`` says in readable form what must be found in it for ever.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

EXPECTED = {
    "assessment": {"assessment": ("country", "language", "title")},
    "stakeholder": {"ministry": ("name", "influence", "interest", "remarks"), "growers": ("name", "group")},
    "contact": {"hana": ("stakeholder_id", "name", "phone")},
    "meeting": {"workshop": ("held_on", "outcome")},
    "criterion": {"jobs": ("group_id", "low", "high", "weight"), "cost": ("weight", "direction")},
    "criteria_group": {"income": ("parent_id",)},
    "technology": {"rice": ("name", "sector_id", "shortlisted", "hardware")},
    "sector_score": {"farming-need": ("voice", "value"), "farming-need-producers": ("voice", "value")},
    "distinct_pair": {"rice-weirs": ("one_id", "other_id")},
    "competition": {"competition": ("within", "reason")},
    "score": {"rice-jobs": ("value", "state"), "rice-cost": ("value",)},
    "hindrance": {"rice-floods": ("barrier_id", "cause_of_id")},
    "measure": {"raise": ("barrier_id", "to_plan")},
    "action": {"survey": ("lead_id", "start", "end", "cost"), "build": ("cost",)},
    "precedence": {"build-survey": ("action_id", "after_id")},
}


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_DATA_HOME"] = home
        from tests.builders.document import add, filled_document
        from tna_desktop.kernel.migrations import FORMAT
        from tna_desktop.stages.stakeholders.tables import Stakeholder

        target = HERE / f"format_{FORMAT}.tna"
        if target.exists():
            sys.exit(f"{target.name} is there already; it stays as it is.")
        document = filled_document(HERE, target.name, title="Needs of Kelvara, format as of its day")
        document.do(add, Stakeholder, name="Taken back", author="Ana")
        document.undo("Ana")
        document.do(add, Stakeholder, name="Added last", author="Ana")
        document.close()
    connection = sqlite3.connect(target)
    connection.row_factory = sqlite3.Row
    records = {
        table: {
            key: {
                name: connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (key,)).fetchone()[name]
                for name in names
            }
            for key, names in keys.items()
        }
        for table, keys in EXPECTED.items()
    }
    counts = {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        for table in (*EXPECTED, "change", "touch")
    }
    expected = {"records": records, "counts": counts, "last_change": "Added"}
    target.with_suffix(".json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
