"""The bar above the agenda: which days, whose, where. For the view, which shows `words` beside its title."""

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boutique.core import clock, french
from boutique.services.schedule import Scope, monday
from boutique.services.settings import Staff
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.flow_layout import FlowLayout
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.segmented import Segmented

WEEK, DAY = 7, 1
_MINE, _EVERYBODY, _EVERYWHERE, _HERE = "mine", "everybody", "everywhere", "here"


class Bar(QWidget):
    """`changed` when other days, people or places are wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = clock.today()
        self._staff: Staff | None = None
        self.words = Label(role="strong")
        self.before = GhostButton(icon="chevron-left", accessible="Semaine précédente")
        self.now = Button("Aujourd’hui", size="normal")
        self.after = GhostButton(icon="chevron-right", accessible="Semaine suivante")
        self.length = Segmented([(WEEK, "Semaine"), (DAY, "Jour")], accessible="Ce qui est montré", optional=False)
        self.length.write(WEEK)
        self.who = ComboBox(empty=None, accessible="De qui")
        self.where = ComboBox(empty=None, accessible="Où")
        self._fill(None)
        arrows = QWidget()
        row = QHBoxLayout(arrows)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self.before, self.now, self.after):
            row.addWidget(button)
        self._flow = FlowLayout(self, gap=10, middle=True)
        for part in (arrows, self.length, self.who, self.where):
            self._flow.addWidget(part)
        for combo in (self.who, self.where):
            combo.setMinimumContentsLength(11)
            combo.currentIndexChanged.connect(self._changed)
        self.before.clicked.connect(self.go_before)
        self.now.clicked.connect(self.go_now)
        self.after.clicked.connect(self.go_after)
        self.length.changed.connect(self._length_chosen)
        self._show()

    def add(self, part: QWidget) -> None:
        """Something more at the end of the line."""
        self._flow.addWidget(part)

    @property
    def day(self) -> date:
        """The day that was last asked for."""
        return self._day

    @property
    def first(self) -> date:
        return monday(self._day) if self.days == WEEK else self._day

    @property
    def days(self) -> int:
        return int(self.length.read())

    def scope(self) -> Scope:
        staff, who, where = self._staff, self.who.read(), self.where.read()
        mine = staff.counsellor.id if staff and staff.counsellor else None
        here = staff.site.id if staff and staff.site else None
        counsellor = mine if who == _MINE else None if who == _EVERYBODY else who
        return Scope(counsellor, here if where == _HERE else None if where == _EVERYWHERE else where)

    def write_staff(self, staff: Staff) -> None:
        """Who works and where; what was chosen stays when it still can be."""
        if staff != self._staff:
            self._fill(staff)

    def go(self, day: date, days: int | None = None) -> None:
        """Show the period of a day."""
        self._day = day
        if days is not None:
            self.length.write(days)
        self._show()
        self.changed.emit()

    def turn(self, step: int) -> None:
        self.go(self._day + timedelta(step * self.days))

    def go_before(self) -> None:
        self.turn(-1)

    def go_after(self) -> None:
        self.turn(1)

    def go_now(self) -> None:
        self.go(clock.today())

    def _length_chosen(self, _days: Any) -> None:
        self._show()
        self.changed.emit()

    def _changed(self, _index: int) -> None:
        self.changed.emit()

    def _fill(self, staff: Staff | None) -> None:
        self._staff = staff
        people = [(one.id, one.name) for one in staff.counsellors] if staff else []
        places = [(one.id, one.name) for one in staff.sites] if staff else []
        for combo, lines in (
            (self.who, [(_MINE, "Mes rendez-vous"), (_EVERYBODY, "Tout le monde"), *people]),
            (self.where, [(_EVERYWHERE, "Tous les lieux"), (_HERE, "Ce lieu"), *places]),
        ):
            combo.blockSignals(True)  # noqa: FBT003 - Qt's own
            combo.set_options(lines)
            combo.blockSignals(False)  # noqa: FBT003 - Qt's own

    def _show(self) -> None:
        told = ("Semaine précédente", "Semaine suivante") if self.days == WEEK else ("Jour précédent", "Jour suivant")
        for button, words in zip((self.before, self.after), told, strict=True):
            button.setAccessibleName(words)
            button.setToolTip(words)
        self.words.setText(_spoken(self.first, self.days))


def _spoken(first: date, days: int) -> str:
    """« 23 – 29 novembre 2026 », « 28 décembre 2026 – 3 janvier 2027 », « mardi 24 novembre 2026 »."""
    last = first + timedelta(days - 1)
    if days == DAY:
        return french.long_date(first).capitalize()
    if first.month == last.month:
        return f"{first.day} – {last.day} {french.month_name(last)}"
    start = french.month_name(first) if first.year != last.year else french.MONTHS[first.month - 1]
    return f"{first.day} {start} – {last.day} {french.month_name(last)}"
