"""Who is enrolled and who came, in one table worked with the keyboard: P present, A absent, Delete takes out."""

import uuid
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from boutique.core import clock
from boutique.services.workshops.half_days import HalfDay
from boutique.services.workshops.sheets import Attendee, SessionSheet
from boutique.ui.theme import icons
from boutique.ui.theme.manager import set_role, theme
from boutique.ui.theme.tokens import Tone
from boutique.ui.widgets.tips import plain_tip

_ROLE = Qt.ItemDataRole
_ROW, _ICON, _MOST_ROWS, _LEAST_ROWS = 34, 16, 10, 2
_FIRST_HALF = 3  # name, commune, phone come before
_COMMUNE, _PHONE, _HALF, _CONSENT, _NAME_LEAST = 110, 132, 114, 100, 176
_NOON = 13 * 60
_MARKS: dict[bool | None, tuple[str, str, Tone | None]] = {
    True: ("Venu·e", "circle-check", "success"),
    False: ("Absent·e", "user-x", "danger"),
    None: ("", "", None),
}
_CONSENTS: dict[bool | None, str] = {True: "Oui", False: "Non", None: ""}
_AFTER: dict[bool | None, bool | None] = {None: True, True: False, False: None}
Index = QModelIndex | QPersistentModelIndex


class PeopleModel(QAbstractTableModel):
    """One line a person, one column a half-day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people: tuple[Attendee, ...] = ()
        self.halves: tuple[HalfDay, ...] = ()

    def write(self, sheet: SessionSheet) -> None:
        self.beginResetModel()
        self.people, self.halves = sheet.people, sheet.half_days
        self.endResetModel()

    def half(self, column: int) -> HalfDay | None:
        rank = column - _FIRST_HALF
        return self.halves[rank] if 0 <= rank < len(self.halves) else None

    @property
    def consent_column(self) -> int:
        return _FIRST_HALF + len(self.halves)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        return 0 if parent.isValid() else self.consent_column + 1

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        one, column = self.people[index.row()], index.column()
        text, icon, tone = self._cell(one, column)
        if role == _ROLE.DisplayRole:
            return text
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            about = f"{one.name}, {self._head(column)} : {text or 'rien noté'}"
            return about if role == _ROLE.AccessibleTextRole else plain_tip(_about(one) if not column else text)
        if role == _ROLE.FontRole and not column:
            return theme().font("strong")
        if role == _ROLE.ForegroundRole and tone is not None:
            return QColor(theme().tokens.tone(tone))
        if role == _ROLE.DecorationRole and icon:
            return icons.icon(icon, theme().tokens.tone(tone or "neutral"), theme().px(_ICON))
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return self._head(section)
        if role == _ROLE.ToolTipRole:
            half = self.half(section)
            return half.short if half else self._head(section)
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if role == _ROLE.TextAlignmentRole else None

    def _head(self, column: int) -> str:
        half = self.half(column)
        if half is None:
            return {0: "Nom", 1: "Commune", 2: "Téléphone"}.get(column, "Recontact")
        morning = half.starts_at < _NOON
        if len({one.held_on for one in self.halves}) == 1:
            return "Matin" if morning else "Après-midi"
        return f"{half.held_on:%d/%m} {'matin' if morning else 'ap.-midi'}"

    def _cell(self, one: Attendee, column: int) -> tuple[str, str, Tone | None]:
        if column == 0:
            if one.waiting_rank:
                return f"{one.name} · attente {one.waiting_rank}", "hourglass", "warning"
            return (one.name, "folder-open", None) if one.case_id else (one.name, "user", None)
        if column in (1, 2):
            return (one.commune, one.phone)[column - 1], "", None
        half = self.half(column)
        if half is None:
            return _CONSENTS[one.consent], "", None
        return _MARKS[one.presence.get(half.id) if half.id else None]


class PeopleTable(QTableView):
    """`marked(enrolment, half-day, present)`, `consented(enrolment, given)`; `opened`, `removed`, `chosen` of one."""

    marked = Signal(object, object, object)
    consented = Signal(object, object)
    opened = Signal(object)
    removed = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workshop-people")
        self.setAccessibleName("Personnes inscrites et présences")
        self.setAccessibleDescription("P : venu·e, A : absent·e, Espace : l’un puis l’autre, Suppr : désinscrire")
        self.lines = PeopleModel(self)
        self.setModel(self.lines)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(48)
        set_role(header, "label")
        self.selectionModel().currentChanged.connect(self._moved)
        theme().changed.connect(self._fit)

    def write(self, sheet: SessionSheet) -> None:
        """Show who is there; the cell that was current stays so."""
        here, had_focus = self.currentIndex(), self.hasFocus()
        row, column = here.row(), here.column()
        kept = self.lines.people[row].id if 0 <= row < len(self.lines.people) else None
        self.lines.write(sheet)
        ranks = {one.id: rank for rank, one in enumerate(sheet.people)}
        if sheet.people and row >= 0:
            at = ranks.get(kept, min(row, len(sheet.people) - 1)) if kept else 0
            self.setCurrentIndex(self.lines.index(at, min(column, self.lines.consent_column)))
        self._fit()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._moved()

    def current(self) -> Attendee | None:
        row = self.currentIndex().row()
        return self.lines.people[row] if 0 <= row < len(self.lines.people) else None

    def half_day(self) -> uuid.UUID | None:
        """The half-day under the cursor, or the one whose attendance is likely noted now."""
        half = self.lines.half(self.currentIndex().column()) or self.lines.half(self._open_column())
        return half.id if half is not None else None

    def go_first(self) -> None:
        """The keyboard arrives on the half-day of today, or the last one that has come."""
        if self.lines.people and self.currentIndex().row() < 0:
            self.setCurrentIndex(self.lines.index(0, self._open_column()))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def half_words(self) -> str:
        """Which half-day that is, where there are several: « matin », « 01/12 ap.-midi »."""
        column = self.currentIndex().column()
        shown = column if self.lines.half(column) is not None else self._open_column()
        head = str(self.lines.headerData(shown, Qt.Orientation.Horizontal))
        return f"{head[:1].lower()}{head[1:]}" if len(self.lines.halves) > 1 else ""

    def mark(self, present: bool | None, *, go_on: bool = True) -> None:  # noqa: FBT001 - a value of the cell
        """Say it of the current person, at the half-day under the cursor or the one of today."""
        one, half, column = self.current(), self.half_day(), self.currentIndex().column()
        if one is None or half is None:
            return
        self.marked.emit(one.id, half, present)
        if go_on and self.currentIndex().row() + 1 < self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(self.currentIndex().row() + 1, max(column, 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if self.current() is None or not plain or not self._act(event):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        at = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at.isValid():
            self._turn(at.column())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _act(self, event: QKeyEvent) -> bool:
        one, letter = self.current(), event.text().lower()
        assert one is not None
        if letter in ("p", "a"):
            self.mark(letter == "p")
        elif event.key() == Qt.Key.Key_Backspace:
            self.mark(None, go_on=False)
        elif event.key() == Qt.Key.Key_Space:
            self._turn(self.currentIndex().column())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(one)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(one)
        else:
            return False
        return True

    def _turn(self, column: int) -> None:
        """A press goes from one answer to the next."""
        one, half = self.current(), self.lines.half(column)
        if one is None:
            return
        if half is not None and half.id is not None:
            self.mark(_AFTER[one.presence.get(half.id)], go_on=False)
        elif column == self.lines.consent_column:
            self.consented.emit(one.id, _AFTER[one.consent])

    def _open_column(self) -> int:
        """The half-day whose attendance is likely noted now."""
        come = [rank for rank, half in enumerate(self.lines.halves) if half.held_on <= clock.today()]
        today = [rank for rank in come if self.lines.halves[rank].held_on == clock.today()]
        return _FIRST_HALF + (today or come[-1:] or [0])[0]

    def _moved(self) -> None:
        self.chosen.emit(self.current())

    def _fit(self) -> None:
        px, count = theme().px, self.lines.rowCount()
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self.setIconSize(QSize(px(_ICON), px(_ICON)))
        fixed = px(_HALF) * len(self.lines.halves) + px(_CONSENT)
        least, room = px(_NAME_LEAST), self.viewport().width() - fixed
        with_phone = room >= least + px(_PHONE)
        with_commune = room >= least + px(_PHONE) + px(_COMMUNE)
        # The least needed go first where there is no room; they stay in the tooltip of the name.
        self.setColumnHidden(1, not with_commune)
        self.setColumnHidden(2, not with_phone)
        room -= px(_PHONE) * with_phone + px(_COMMUNE) * with_commune
        for column, width in enumerate((0, _COMMUNE, _PHONE, *(_HALF for _ in self.lines.halves), _CONSENT)):
            self.setColumnWidth(column, px(width) if column else max(least, room))
        rows = min(max(count, _LEAST_ROWS), _MOST_ROWS)
        bar = self.horizontalScrollBar().sizeHint().height() if room < least else 0
        self.setFixedHeight(rows * px(_ROW) + self.horizontalHeader().sizeHint().height() + bar + 4)


def _about(one: Attendee) -> str:
    waits = f"en liste d’attente, {one.waiting_rank}" if one.waiting_rank else ""
    known = one.reference or "pas encore de dossier"
    parts = (one.name, known, one.commune, one.phone, waits, one.prescriber)
    return " · ".join(part for part in parts if part)
