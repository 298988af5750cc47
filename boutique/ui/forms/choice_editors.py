"""Editors where one chooses: a list, a few answers side by side, chips."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QLayoutItem, QMenu, QSizePolicy, QToolTip, QWidget

from boutique.ui.forms.tab_order import put_before
from boutique.ui.forms.text_editors import Plain
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.chip import AddChip, Chip
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.segmented import Segmented
from boutique.ui.widgets.tips import plain_tip

Options = Sequence[tuple[Any, str]]
_GAP, _WIDEST, _BUTTON = 6, 420, 44
_LEVEL = 6  # one line of chips is as high as the segments it stands beside


class ChoiceEditor(ComboBox, Plain):
    """A list that unfolds; typing the first letters goes to the line."""

    changed = Signal()
    _required = False

    def __init__(self, options: Options, *, label: str, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(options, empty=None if required else "", accessible=label, parent=parent)
        self._values = [value for value, _ in options]
        self._required = required
        self.write(None)
        self.currentIndexChanged.connect(self._told)

    def read(self) -> Any:
        """The choice itself: Qt only hands its text back."""
        stored = super().read()
        return next((value for value in self._values if value == stored), None)

    def write(self, value: Any) -> None:
        """Without a value nothing is chosen: a required answer is given by the person, never by the list."""
        super().write(value)
        if self._required and value is None:
            self.setCurrentIndex(-1)

    def event(self, event: QEvent) -> bool:
        """The whole line as a tooltip when it does not fit."""
        if isinstance(event, QHelpEvent) and self.fontMetrics().horizontalAdvance(self.currentText()) > (
            self.width() - theme().px(_BUTTON)
        ):
            QToolTip.showText(event.globalPos(), plain_tip(self.currentText()), self)
            return True
        return super().event(event)

    def _told(self) -> None:
        self.changed.emit()


class SegmentsEditor(Segmented, Plain):
    """Two to four answers, all visible."""


class ChipsEditor(QWidget, Plain):
    """Several choices: those made, then « + ajouter » with a menu of the others. `alone` excludes the others."""

    changed = Signal()

    def __init__(self, options: Options, *, label: str, alone: Any = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options, self._alone = tuple(options), alone
        self._chosen: tuple[Any, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._line = FlowLayout(self, gap=_GAP)
        self._line.setContentsMargins(0, _LEVEL, 0, _LEVEL)
        self.add = AddChip()
        self.add.setAccessibleName(f"{label} : ajouter")
        self.add.clicked.connect(self._open_menu)
        self._line.addWidget(self.add)
        self.setFocusProxy(self.add)

    def read(self) -> tuple[Any, ...]:
        return self._chosen

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All chips on one line, as far as that is reasonable."""
        parts = [item.sizeHint().width() for item in self._parts()]
        width = min(sum(parts) + _GAP * (len(parts) - 1), theme().px(_WIDEST))
        return QSize(width, self._line.heightForWidth(width))

    def write(self, value: Iterable[Any] | None) -> None:
        """Choose these; the order of the list is kept."""
        wanted = set(value or ())
        known = tuple(option for option, _ in self._options if option in wanted)
        unknown = tuple(item for item in value or () if item not in known)
        self._show((*known, *unknown))

    def choose(self, option: Any) -> None:
        """Add one choice, as the menu does."""
        if self._alone is not None and option == self._alone:
            kept: tuple[Any, ...] = ()
        else:
            kept = tuple(item for item in self._chosen if item != self._alone)
        self.write((*kept, option))
        self.changed.emit()

    def drop(self, option: Any) -> None:
        """Take one choice away."""
        self.write(tuple(item for item in self._chosen if item != option))
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def menu(self) -> QMenu:
        """The choices not made yet."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for option, text in self._options:
            if option not in self._chosen:
                made.addAction(text.replace("&", "&&")).setData(option)
        made.triggered.connect(self._picked)
        return made

    def _open_menu(self) -> None:
        self.menu().popup(self.add.mapToGlobal(QPoint(0, self.add.height() + 2)))

    def _picked(self, action: Any) -> None:
        data = action.data()
        self.choose(next(option for option, _ in self._options if option == data))

    def _show(self, chosen: tuple[Any, ...]) -> None:
        if chosen == self._chosen:
            return
        self._chosen = chosen
        words = dict(self._options)
        while self._line.count() > 1:
            item = self._line.takeAt(0)
            if item is not None and (chip := item.widget()) is not None:
                chip.hide()
                chip.deleteLater()
        for place, option in enumerate(chosen):
            chip = Chip(words.get(option, str(option)), value=option, removable=True, parent=self)
            chip.removed.connect(self._removed)
            self._line.insert(place, chip)
            chip.show()
        self.order_tabs()
        more = len(chosen) < len(self._options)
        self.add.setVisible(more)
        self.setFocusProxy(self.add if more else None)  # type: ignore[arg-type]  # hidden, it would hold Tab back
        self.updateGeometry()

    def order_tabs(self) -> None:
        """Tab goes through the chips, then to the way to add one: for who puts the order of a whole line again."""
        for item in self._parts():
            chip = item.widget()
            if isinstance(chip, Chip):
                put_before(chip, self.add)

    def _parts(self) -> list[QLayoutItem]:
        items = (self._line.itemAt(place) for place in range(self._line.count()))
        return [item for item in items if item is not None and not item.isEmpty()]

    def _removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self.drop(chip.value)
