"""The banner of the ranking: as many of its sentences as fit in a few lines, the rest one pointer away."""

from __future__ import annotations

from collections.abc import Sequence

from tna_desktop.ui.banner import Action, Banner
from tna_desktop.ui.fonts import line_height
from tna_desktop.ui.labels import Label

from ..ranking_banner import Said


class RankingBanner(Banner):
    """What may never be left out is always said. Of the rest as much as ``lines`` hold; the tooltip has it whole."""

    def __init__(self) -> None:
        self._lead_words, self._said, self._lines = "", list[Said](), 3
        super().__init__("info")

    def tell_all(self, kind: str, lead: str, said: Sequence[Said], actions: Sequence[Action], lines: int) -> None:
        """Say the conclusion and what fits of the rest."""
        self._lead_words, self._said, self._lines = lead, list(said), lines
        self.tell(kind, lead, self._fitting(), actions)
        self._fit()

    def whole(self) -> str:
        """Everything, also what did not fit."""
        return " ".join([self._lead_words, *(each.text for each in self._said)]).strip()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def restyle(self) -> None:
        super().restyle()
        self._fit()

    def _fit(self) -> None:
        """With the links in place and the width known, say what fits."""
        text = self._fitting()
        said = " ".join((self._lead_words, text)).strip()
        if said != self._sentence.text():
            self._sentence.set_text(text, self._lead_words)
            self.setAccessibleName(self._sentence.text())
            self.updateGeometry()
        self.setToolTip(self.whole() if said != self.whole() else "")

    def _fitting(self) -> str:
        width, kept = self._room(), [each for each in self._said if not each.weight]
        for each in sorted((each for each in self._said if each.weight), key=lambda each: each.weight):
            more = [one for one in self._said if one in kept or one is each]
            label = Label(" ".join(one.text for one in more), "body", wrap=True, lead=self._lead_words)
            if label.heightForWidth(width) <= self._lines * line_height("body"):
                kept = more
        return " ".join(each.text for each in kept)

    def _room(self) -> int:
        """The width of the sentence: what icon, links and edges leave of the banner."""
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        beside = [self._icon.width(), *(each.sizeHint().width() for each in self.buttons())]
        return max(120, self.width() - margins.left() - margins.right() - sum(beside) - gap * len(beside))
