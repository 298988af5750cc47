"""Needs as chips, with « + besoin » and its menu by theme; used by the interview and by Orientations."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from boutique.rules.needs import load_needs, subject
from boutique.ui.forms.tab_order import put_before
from boutique.ui.widgets.chip import AddChip, Chip
from boutique.ui.widgets.flow_layout import FlowLayout

_GAP = 8


class NeedChips(QWidget):
    """`added(code)` and `removed(code)`: the owner decides, then calls `write`."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._codes: tuple[str, ...] = ()
        self._flow = FlowLayout(self, gap=_GAP)
        self.add = AddChip("besoin")
        self.add.setObjectName("need-add")
        self.add.clicked.connect(self._open_menu)
        self._flow.addWidget(self.add)

    def one_line(self) -> int:
        """The width at which nothing would run on to a second line."""
        shown = (self._flow.itemAt(place) for place in range(self._flow.count()))
        widths = [item.sizeHint().width() for item in shown if item is not None]
        return sum(widths) + _GAP * (len(widths) - 1)

    def read(self) -> tuple[str, ...]:
        return self._codes

    def write(self, codes: Sequence[str]) -> None:
        if tuple(codes) != self._codes:
            self._codes = tuple(codes)
            self._fill()

    def _fill(self) -> None:
        while self._flow.count() > 1:  # all but « + besoin », which may have the focus
            if (item := self._flow.takeAt(0)) is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for rank, code in enumerate(self._codes):
            chip = Chip(subject(code).label, value=code, removable=True)
            chip.setObjectName(f"need-{code}")
            chip.removed.connect(self._remove)
            self._flow.insert(rank, chip)
            put_before(chip, self.add)
        self.updateGeometry()

    def menu(self) -> QMenu:
        """Themes, then their subjects; those already there are left out."""
        made = QMenu(self)
        for theme in load_needs():
            part = made.addMenu(theme.label.replace("&", "&&"))
            for one in theme.subjects:
                if one.code not in self._codes:
                    line = part.addAction(one.label.replace("&", "&&"))
                    line.setData(one.code)
            part.setEnabled(not part.isEmpty())
        made.triggered.connect(self._chosen)
        return made

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height() + 2)))

    def _chosen(self, line: object) -> None:
        code = getattr(line, "data", str)()
        if isinstance(code, str):
            self.added.emit(code)

    def _remove(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self.removed.emit(chip.value)
