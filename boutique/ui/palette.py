"""Ctrl+K: every action of the moment, found by a few letters, without the mouse."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from boutique.core.text import fold
from boutique.ui.actions import Action, Actions, spoken_keys
from boutique.ui.theme import icons
from boutique.ui.theme.manager import set_look, theme
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.search_field import SearchField

_RUN = Qt.ItemDataRole.UserRole
_NOTE = Qt.ItemDataRole.UserRole + 1
_WIDTH, _HEIGHT, _TOP, _LINES = 560, 400, 72, 40


@dataclass(frozen=True, slots=True)
class Found:
    """A line that a source adds to the palette (a file, a partner…)."""

    title: str
    run: Callable[[], None]
    note: str = ""
    icon: str = ""


Deliver = Callable[[Sequence[Found]], None]
Source = Callable[[str, Deliver], None]
Index = QModelIndex | QPersistentModelIndex


def score(query: str, action: Action) -> int:
    """0 when the letters are not all there in order; beginnings of words weigh most."""
    asked = fold(query)
    if not asked:
        return 1
    best = 0
    for rank, text in enumerate((action.title, *action.keywords, action.section)):
        best = max(best, _match(asked, fold(text)) - rank)
    return best


def _match(asked: str, text: str) -> int:
    if text.startswith(asked):
        return 100
    if f" {asked}" in text:
        return 80
    if all(any(word.startswith(part) for word in text.split()) for part in asked.split()):
        return 60
    if asked in text:
        return 40
    letters = iter(text)
    return 20 if all(letter in letters for letter in asked.replace(" ", "")) else 0


class _Lines(QStyledItemDelegate):
    """The title on the left, the section and the keys in grey on the right."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideRight

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setFont(theme().font("small"))
        painter.setPen(QColor(theme().tokens.muted))
        box = option.rect.adjusted(0, 0, -theme().px(12), 0)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, str(index.data(_NOTE) or ""))
        painter.restore()


class Palette(QDialog):
    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._actions, self._window = actions, window
        self._sources: list[Source] = []
        set_look(self, surface="popup")
        self.setAccessibleName("Palette des actions")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        self.field = SearchField("Que voulez-vous faire ?", hint="Échap", accessible="Chercher une action")
        self.lines = QListWidget()
        self.lines.setAccessibleName("Actions")
        self.lines.setItemDelegate(_Lines(self.lines))
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = Label("Aucune action ne porte ce nom.", tone="muted")
        self._none.hide()
        for part in (self.field, self._none, self.lines):
            column.addWidget(part)
        self.field.changed.connect(self._search)
        self.field.submitted.connect(self._accept_current)
        self.field.moved.connect(self._move)
        self.field.left.connect(self.reject)
        self.lines.itemClicked.connect(self._accept_item)

    def add_source(self, source: Source) -> None:
        """`source(text, deliver)` may answer later; what answers an older text is dropped."""
        self._sources.append(source)

    def ask(self) -> None:
        """Open over the window, empty."""
        self.field.write("")
        self._search("")
        wide = min(theme().px(_WIDTH), self._window.width() - 40)
        self.resize(wide, min(theme().px(_HEIGHT), self._window.height() - _TOP - 40))
        self.move(self._window.mapToGlobal(QPoint((self._window.width() - wide) // 2, _TOP)))
        self.show()
        self.field.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._move(8 if event.key() == Qt.Key.Key_PageDown else -8)
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate:
            self.reject()
        return super().event(event)

    def _search(self, text: str) -> None:
        scored = [(score(text, action), action) for action in self._actions.offered()]
        kept = sorted((one for one in scored if one[0] > 0), key=_order)[:_LINES]
        self.lines.clear()
        for _, action in kept:
            keys = spoken_keys(action.shortcut)
            self._line(action.title, "   ".join(filter(None, (action.section, keys))), action.icon, action.run)
        self._settle()
        if text:
            for source in self._sources:
                source(text, _Delivery(self, text))

    def _line(self, title: str, note: str, icon: str, run: Callable[[], None]) -> None:
        item = QListWidgetItem(title)
        item.setData(_RUN, run)
        item.setData(_NOTE, note)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {note}" if note else title)
        if icon:
            item.setIcon(icons.icon(icon, theme().tokens.muted))
        self.lines.addItem(item)

    def deliver(self, text: str, found: Sequence[Found]) -> None:
        if self.field.text() != text or not self.isVisible():
            return
        for one in found:
            self._line(one.title, one.note, one.icon, one.run)
        self._settle()

    def _settle(self) -> None:
        some = self.lines.count() > 0
        self.lines.setVisible(some)
        self._none.setVisible(not some)
        if some and self.lines.currentRow() < 0:
            self.lines.setCurrentRow(0)

    def _move(self, step: int) -> None:
        last = self.lines.count() - 1
        self.lines.setCurrentRow(min(max(0, self.lines.currentRow() + step), last))

    def _accept_current(self) -> None:
        item = self.lines.currentItem()
        if item is not None:
            self._accept_item(item)

    def _accept_item(self, item: QListWidgetItem) -> None:
        run = item.data(_RUN)
        self.accept()
        run()


class _Delivery:
    """What a source calls with its lines, bound to the text it was asked for."""

    def __init__(self, palette: Palette, text: str) -> None:
        self._palette, self._text = palette, text

    def __call__(self, found: Sequence[Found]) -> None:
        self._palette.deliver(self._text, found)


def _order(scored: tuple[int, Action]) -> tuple[int, str]:
    return -scored[0], scored[1].title
