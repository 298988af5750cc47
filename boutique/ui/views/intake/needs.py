"""« Ce qui l’amène »: the most common needs as chips, all the others by theme behind « + N »."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from boutique.rules.needs import Theme, load_needs
from boutique.ui.forms.tab_order import put_before
from boutique.ui.widgets.button import GhostButton
from boutique.ui.widgets.chip import Chip
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label

BY_KEY = 4
_LETTERS, _EACH = 80, 3  # one line of chips at the usual width


class NeedsBar(QWidget):
    """`read()` gives the codes chosen, `write` chooses; those chosen always show."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Ce qui l’amène")
        self._common: tuple[str, ...] = tuple(labels())
        self._chosen: list[str] = []
        self._open = False
        self.followed_by: QWidget | None = None  # where Tab goes after the needs
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._holder: QWidget | None = None
        self._show()

    def offer(self, codes: Sequence[str]) -> None:
        """All needs, the most common first."""
        self._common = tuple(codes)
        self._show()

    def read(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def write(self, codes: Sequence[str]) -> None:
        self._chosen = [code for code in codes if code in labels()]
        self._open = False
        self._show()

    def chip(self, code: str) -> Chip:
        """The chip of a need, among those shown."""
        return next(chip for chip in self.findChildren(Chip) if chip.value == code and not chip.isHidden())

    def press(self, rank: int) -> None:
        """Alt 1, Alt 2…: the chips of the first line, as they stand."""
        chips = [part for part in self._in_order if isinstance(part, Chip)]
        if rank <= len(chips):
            chips[rank - 1].toggle()

    def toggle_all(self) -> None:
        """Unfold the other needs by theme, or fold them again."""
        self._open = not self._open
        self._show()
        self.more.setFocus()

    def _show(self) -> None:
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        rows = QVBoxLayout(self._holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        first = self._one_line()
        others = [code for code in self._common if code not in first]
        self.more = GhostButton(f"+ {len(others)}" if not self._open else "Replier", size="small")
        self.more.setAccessibleName(f"{len(others)} autres besoins" if not self._open else "Replier les besoins")
        self.more.clicked.connect(self.toggle_all)
        self._in_order: list[QWidget] = [*(self._chip(code) for code in first), self.more]
        for rank, part in enumerate(self._in_order[:-1][:BY_KEY], 1):
            part.setToolTip(f"Alt {rank}")
        rows.addWidget(_flowing("Ce qui l’amène :", self._in_order))
        if self._open:
            for theme in load_needs():
                self._add_theme(rows, theme, others)
        self._column.addWidget(self._holder)
        self._holder.show()
        if self.followed_by is not None:
            for part in self._in_order:
                put_before(part, self.followed_by)
        self.updateGeometry()

    def _one_line(self) -> list[str]:
        """Those chosen, and the most common ones as far as one line goes."""
        room = _LETTERS - sum(len(labels()[code]) + _EACH for code in self._chosen)
        shown = set(self._chosen)
        for code in self._common:
            room -= 0 if code in shown else len(labels()[code]) + _EACH
            if room < 0:
                break
            shown.add(code)
        return [code for code in self._common if code in shown]

    def _add_theme(self, rows: QVBoxLayout, theme: Theme, others: Sequence[str]) -> None:
        codes = [subject.code for subject in theme.subjects if subject.code in others]
        if codes:
            chips = [self._chip(code) for code in codes]
            rows.addWidget(_flowing(f"{theme.label} :", chips))
            self._in_order += chips

    def _chip(self, code: str) -> Chip:
        chip = Chip(labels()[code], value=code, checked=code in self._chosen)
        chip.setObjectName(f"need-{code}")
        chip.toggled.connect(self._toggled)
        return chip

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - slot
        chip = self.sender()
        if isinstance(chip, Chip):
            self._chosen = [code for code in self._chosen if code != chip.value] + ([chip.value] if on else [])
            self.changed.emit()


@cache
def labels() -> dict[str, str]:
    """French label of each need."""
    return {subject.code: subject.label for theme in load_needs() for subject in theme.subjects}


def _flowing(title: str, parts: Sequence[QWidget]) -> QWidget:
    holder = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    flow = FlowLayout(holder, gap=6)
    head = Label(title, role="small", tone="muted")
    head.setMinimumHeight(parts[0].sizeHint().height())
    for part in (head, *parts):
        flow.addWidget(part)
    return holder
