"""The pieces to ask the person for: each given, seen without a copy, not needed, or still to be asked."""

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from boutique.core import french
from boutique.models.choices import PieceState
from boutique.services.pieces import NOW, Checklist, PieceLine
from boutique.ui.widgets.button import Button, GhostButton
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.combo_box import ComboBox
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow
from boutique.ui.widgets.progress_bar import ProgressBar

_ASKED = "À demander"


class ChecklistCard(Card):
    """`stated(piece, state or None)`, `attach_asked(line)`, `scope_chosen(code)`."""

    stated = Signal(str, object)
    attach_asked = Signal(object)
    scope_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Pièces à fournir", icon="list-checks", parent=parent)
        self.scope = ComboBox(empty=None, accessible="Pièces montrées")
        self.scope.setObjectName("pieces-scope")
        self.count = Label(role="small_strong")
        self.bar = ProgressBar(accessible="Pièces réunies")
        self.rows: list[ListRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.count)
        head.addWidget(self.bar, 1)
        self.add(self.scope, head, self._list)
        self.scope.currentIndexChanged.connect(self._choose_scope)

    def show_checklist(self, checklist: Checklist) -> None:
        if self.scope.count() != len(checklist.scopes):
            self.scope.set_options(checklist.scopes)
        total = len(checklist.lines)
        self.count.setText(f"{checklist.settled} sur {french.plural(total, 'pièce')}")
        self.bar.write(checklist.settled / total if total else 0)
        empty(self._list)
        self.rows = [self._row(rank, line) for rank, line in enumerate(checklist.lines)]
        last: QWidget = self.scope
        for row in self.rows:
            self._list.addWidget(row)
            for control in row.findChildren(Button):
                QWidget.setTabOrder(last, control)
                last = control
        if self.rows:
            self.rows[-1].set_last()

    def current_scope(self) -> str:
        return str(self.scope.read() or NOW)

    def _row(self, rank: int, line: PieceLine) -> ListRow:
        state = Button(_state(line), size="small", trailing="chevron-down", accessible=f"{line.label} : {_state(line)}")
        state.setObjectName(f"asked-{rank}-state")
        state.clicked.connect(partial(self._open_menu, state, line))
        trailing: list[QWidget] = [state]
        if not line.seen_only:
            attach = GhostButton(icon="paperclip", accessible=f"Joindre : {line.label}")
            attach.setObjectName(f"asked-{rank}-attach")
            attach.clicked.connect(partial(self.attach_asked.emit, line))
            trailing.append(attach)
        mark = Icon("circle-check", tone="success") if line.settled else Icon("circle-dashed")
        row = ListRow(line.label, _about(line), leading=mark, trailing=trailing)
        row.setObjectName(f"asked-{rank}")
        return row

    def _open_menu(self, button: QWidget, line: PieceLine) -> None:
        menu = self.menu(line)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def menu(self, line: PieceLine) -> QMenu:
        """The states a piece may be in; one that is only looked at is never « remise »."""
        menu = QMenu(self)
        offered = [None, *(state for state in PieceState if state is not PieceState.GIVEN or not line.seen_only)]
        for state in offered:
            entry = menu.addAction(state.label if state else _ASKED)
            entry.setCheckable(True)
            entry.setChecked(state is line.state)
            entry.triggered.connect(partial(self._state_chosen, line.code, state))
        return menu

    def _state_chosen(self, code: str, state: PieceState | None, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.stated.emit(code, state)

    def _choose_scope(self, _index: int) -> None:
        self.scope_chosen.emit(self.current_scope())


def _state(line: PieceLine) -> str:
    if line.state is not None:
        return line.state.label
    return "Jointe" if line.attached else _ASKED


def _about(line: PieceLine) -> str:
    if line.attached:
        return french.listing(list(line.attached))
    if line.state is not None and line.noted_on is not None:
        return f"noté le {french.show_date(line.noted_on)}"
    return line.help
