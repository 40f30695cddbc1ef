"""The ranking as Qt wants it: rows by id, renewed with the smallest possible change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from tna_desktop.ui.fonts import ready_for

from .results import RankedTechnology, Ranking

DISPLAY, ACCESSIBLE_TEXT, ROW = 0, 11, 259
_NONE = QModelIndex()
_ENABLED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class RankingModel(QAbstractListModel):
    """The technologies as they rank. ``words`` says a row in one sentence."""

    def __init__(self, words: Callable[[RankedTechnology], str], parent: QObject | None = None):
        super().__init__(parent)
        self._words = words
        self.rows: list[RankedTechnology] = []

    def rowCount(self, parent=_NONE):
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index):
        return _ENABLED if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index, role=DISPLAY):
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == DISPLAY:
            return row.name
        if role == ACCESSIBLE_TEXT:
            return self._words(row)
        return row if role == ROW else None

    def load(self, ranking: Ranking) -> None:
        """Take the ranking as it is now; rows that only change places keep their selection."""
        rows = list(ranking.technologies)
        for row in rows:
            ready_for(row.name)
        before, after = [row.id for row in self.rows], [row.id for row in rows]
        if before == after:
            changed = [at for at, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old != new]
            self.rows = rows
            for at in changed:
                self.dataChanged.emit(self.index(at), self.index(at))
        elif sorted(before) == sorted(after):
            self.layoutAboutToBeChanged.emit()
            old = self.persistentIndexList()
            ids = [before[index.row()] for index in old]
            self.rows = rows
            places = {id: place for place, id in enumerate(after)}
            self.changePersistentIndexList(old, [self.index(places[id]) for id in ids])
            self.layoutChanged.emit()
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def row_of(self, id: str | None) -> int:
        return next((at for at, row in enumerate(self.rows) if row.id == id), -1)
