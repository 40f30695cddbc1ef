"""Importing a table of scores: what would be made, what cannot be read, and only then the change itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.intake import read_table
from tna_desktop.kernel.text import Language
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.labels import Label, StateMark
from tna_desktop.ui.layouts import column
from tna_desktop.ui.tokens import theme

from ..operations import import_scores
from ..reading import ImportPreview, import_preview
from ..score_table import LONGEST_CRITERION, LONGEST_TECHNOLOGY, ScoreTable, read_score_table, same_name

#: So many problem cells are listed one by one.
_LISTED = 60


def import_table(parent: QWidget, desk: Desk) -> bool:
    """Ask for a file, show what is in it, and import it if the person wants to. Answers whether it is imported."""
    say = desk.language.say
    path, _ = QFileDialog.getOpenFileName(
        parent, say("Import a table of scores"), "", say("Tables (*.xlsx *.csv *.tsv *.txt)")
    )
    return bool(path) and import_file(parent, desk, Path(path))


def import_file(parent: QWidget, desk: Desk, path: Path) -> bool:
    """Preview a file and import it when the person says so; nothing is written before."""
    try:
        table = read_score_table(read_table(path))
    except Refused as refused:
        desk.refuse(refused)
        return False
    usable = usable_part(table)
    dialog = ImportDialog(desk.language, path.name, table, usable, desk.read(import_preview, usable), parent)
    wanted = bool(dialog.exec())
    dialog.deleteLater()
    if not wanted:
        return False

    def imported(made: dict[str, int] | None) -> None:
        if made is not None:
            desk.notice(desk.language.say_n("One score imported", "{n} scores imported", made["scores"]), undo=True)

    cells = len(usable.criteria) * len(usable.technologies)
    what = desk.language.say("Importing {file}", file=path.name)
    desk.do_many(cells, what, import_scores, usable, begins=True, then=imported)
    return True


def usable_part(table: ScoreTable) -> ScoreTable:
    """The table without what cannot be kept: problem cells are unknown in it already, and names that cannot stand go whole."""
    if not table.problems:
        return table
    columns = _kept([column.name for column in table.criteria], LONGEST_CRITERION)
    rows = _kept(list(table.technologies), LONGEST_TECHNOLOGY)
    return replace(
        table,
        criteria=tuple(table.criteria[at] for at in columns),
        technologies=tuple(table.technologies[at] for at in rows),
        scores=tuple(tuple(table.scores[row][at] for at in columns) for row in rows),
    )


def _kept(names: Sequence[str], longest: int) -> list[int]:
    seen: set[str] = set()
    kept = []
    for place, name in enumerate(names):
        if name and len(name) <= longest and same_name(name) not in seen:
            seen.add(same_name(name))
            kept.append(place)
    return kept


class ImportDialog(Dialog):
    """What a file holds, and every cell that cannot be read. With problems the safe answer is to go back."""

    def __init__(
        self,
        language: Language,
        name: str,
        table: ScoreTable,
        usable: ScoreTable,
        preview: ImportPreview,
        parent: QWidget,
    ):
        say, say_n = language.say, language.say_n
        problems = len(table.problems) + table.more
        body = QScrollArea()
        inside = QWidget()
        lines = column(gap=4, margins=(0, 2, 8, 2), parent=inside)
        for text in made(language, preview):
            lines.addWidget(StateMark("good", text))
        for remark in table.remarks[:10]:
            lines.addWidget(StateMark("begun", language.tell(remark.sentence())))
        if problems:
            lines.addSpacing(8)
            lines.addWidget(
                Label(say_n("One cell cannot be read", "{n} cells cannot be read", problems), "label", "amber_ink")
            )
            for problem in table.problems[:_LISTED]:
                lines.addWidget(StateMark("attention", language.tell(problem.sentence())))
            if problems > _LISTED:
                lines.addWidget(Label(say_n("And one more.", "And {n} more.", problems - _LISTED), "meta", "text2"))
        lines.addStretch(1)
        body.setWidget(inside)
        body.setWidgetResizable(True)
        body.setFrameShape(QScrollArea.Shape.NoFrame)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body.setAccessibleName(say("What is in the table"))
        self._count = lines.count()
        nothing = not usable.criteria or not usable.technologies
        if problems:
            text = say("Correct the table and choose it again, or leave these cells out: they stay unknown.")
            verb = say_n("Leave one cell out and import", "Leave {n} cells out and import", problems)
        else:
            text = say("Nothing is changed before you import. It can be undone.")
            verb = say("Import")
        super().__init__(say("Import {file}?", file=name), text, verb, say("Do not import"), body=body, parent=parent)
        self.verb_button.setEnabled(not nothing)
        if problems or nothing:
            self.verb_button.setDefault(False)
            self.safe_button.setDefault(True)
            self.safe_button.setFocus(Qt.FocusReason.TabFocusReason)

    def sizeHint(self):
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() + min(theme().px(320), self._count * theme().px(26)))

    def showEvent(self, event):
        super().showEvent(event)
        room = self.parentWidget().window().height() - 40 if self.parentWidget() else 600
        self.resize(
            self.width(), min(max(300, room), theme().px(200) + min(theme().px(320), self._count * theme().px(26)))
        )


def made(language: Language, preview: ImportPreview) -> list[str]:
    """What importing would do, line by line."""
    say_n = language.say_n
    lines = [say_n("One score is read.", "{n} scores are read.", preview.scores)]
    if preview.new_criteria:
        count = len(preview.new_criteria)
        lines.append(
            say_n(
                "One new criterion: {names}",
                "{n} new criteria: {names}",
                count,
                names=_some(language, preview.new_criteria),
            )
        )
    if preview.met_criteria:
        lines.append(say_n("One criterion is there already; its unit, ends and weight follow the table.",
                           "{n} criteria are there already; their units, ends and weights follow the table.", preview.met_criteria))  # fmt: skip
    if preview.new_technologies:
        count = len(preview.new_technologies)
        lines.append(
            say_n(
                "One new technology: {names}",
                "{n} new technologies: {names}",
                count,
                names=_some(language, preview.new_technologies),
            )
        )
    if preview.met_technologies:
        lines.append(
            say_n("One technology is there already.", "{n} technologies are there already.", preview.met_technologies)
        )
    if preview.replaced:
        lines.append(say_n("One score replaces another one.", "{n} scores replace others.", preview.replaced))
    return lines


def _some(language: Language, names: Sequence[str]) -> str:
    if len(names) <= 4:
        return language.listing(names)
    return language.say("{names} and {n} more", names=", ".join(names[:3]), n=len(names) - 3)
