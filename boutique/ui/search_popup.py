"""Universal search: what the field of the top bar finds, under it, at each keystroke. Made by the app at the start."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from boutique.core.text import fold
from boutique.services.search import Hit
from boutique.ui.theme.manager import set_look, theme
from boutique.ui.view import Shell
from boutique.ui.widgets.icon import draw_icon
from boutique.ui.widgets.search_field import SearchField

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_HIT = int(Qt.ItemDataRole.UserRole)
_MOST = 30
_LINE, _SIDE, _SHOWN_LINES = 46, 12, 8
_WIDEST = 620


class Source(Protocol):
    """Who answers: the base as it opens, then the base open for work."""

    def ask(self, text: str, limit: int, then: "Callable[[tuple[Hit, ...] | None], None]") -> None:
        """Answer the last question asked, None when that cannot be."""

    def close(self) -> None:
        """Nothing is asked any more."""


class SearchPopup(QFrame):
    """Arrows choose, Enter opens; nobody found: Enter begins a visit with what was typed."""

    def __init__(self, shell: Shell, field: SearchField) -> None:
        super().__init__(field.window())
        self._shell, self._field = shell, field
        self._source: Source | None = None
        self._asked = ""
        self._entering = False
        set_look(self, surface="popup")
        self.setAccessibleName("Résultats de la recherche")
        self.results = _Results(self)
        self.lines = QListView()
        self.lines.setAccessibleName("Dossiers trouvés")
        self.lines.setModel(self.results)
        self.lines.setItemDelegate(_Line(self.lines))
        self.lines.setUniformItemSizes(True)
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines.setMouseTracking(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.lines)
        self.hide()
        field.changed.connect(self._typed)
        field.moved.connect(self._move)
        field.submitted.connect(self._enter)
        field.left.connect(self.dismiss)
        field.editor.installEventFilter(self)
        field.window().installEventFilter(self)
        self.lines.clicked.connect(self._open)

    def answer_from(self, source: Source | None) -> None:
        """Who answers from now on, what is typed already included; with nobody, nothing stays on screen."""
        before, self._source = self._source, source
        if before is not None:
            before.close()
        if source is None:
            self.dismiss()
        elif self._field.text().strip() and self.results.text != self._field.text():
            self._asked = self._field.text()
            self._ask()

    def dismiss(self) -> None:
        """Close, and keep nothing of what was searched."""
        self._asked, self._entering = "", False
        self.hide()
        self.results.write("", ())
        if self._field.text():
            self._field.write("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self._field.editor:
            if event.type() == QEvent.Type.FocusOut:
                self.hide()
            elif event.type() == QEvent.Type.FocusIn and self._field.text():
                self._typed(self._field.text())
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self._entering = False
        if not text.strip():
            self._asked = ""
            self.hide()
            return
        self._asked = text
        self._ask()

    def _ask(self) -> None:
        if self._source is not None:
            self._source.ask(self._asked, _MOST, self._show)

    def _show(self, hits: tuple[Hit, ...] | None) -> None:
        """Only the answer to what is typed now arrives here; none is wanted once the field was left."""
        if hits is None or not self._asked or not self._field.editor.hasFocus():
            return
        self.results.write(self._asked, hits)
        self.lines.setCurrentIndex(self.results.index(0, 0))
        self._place()
        self.show()
        self.raise_()
        if self._entering:
            self._enter()

    def _place(self) -> None:
        window, px = self.window(), theme().px
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        width = min(max(self._field.width(), px(_WIDEST)), window.width() - corner.x() - 8)
        lines = min(self.results.rowCount(), _SHOWN_LINES)
        height = min(lines * px(_LINE) + 10, window.height() - corner.y() - 8)
        self.setGeometry(QRect(corner, QSize(width, height)))

    def _move(self, step: int) -> None:
        last = self.results.rowCount() - 1
        row = min(max(0, self.lines.currentIndex().row() + step), last)
        self.lines.setCurrentIndex(self.results.index(row, 0))

    def _enter(self) -> None:
        """Enter may come before the answer to the last letter: it then waits for it."""
        if self._asked and self.results.text != self._asked:
            self._entering = True
        elif self._asked:
            self._open(self.lines.currentIndex())

    def _open(self, index: Index) -> None:
        hit, text = index.data(_HIT), self._asked
        self.dismiss()
        if isinstance(hit, Hit):
            self._shell.show_view("file", case_id=hit.case_id)
        else:
            self._shell.show_view("intake", text=text.strip())


class _Results(QAbstractListModel):
    """The files found, then the way to a new one; when nobody is found it comes first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.text = ""
        self._hits: tuple[Hit, ...] = ()

    def write(self, text: str, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.text, self._hits = text, tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's signature
        return 0 if parent.isValid() or not self.text else len(self._hits) + 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not 0 <= index.row() <= len(self._hits):
            return None
        hit = self._hits[index.row()] if index.row() < len(self._hits) else None
        if role == _HIT:
            return hit
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.name}, {details(hit)}" if hit else self._new()
        if role == int(Qt.ItemDataRole.DisplayRole):
            return hit.name if hit else self._new()
        return None

    def _new(self) -> str:
        return f"Créer un dossier pour « {self.text.strip()[:80]} »"


class _Line(QStyledItemDelegate):
    """Name with the letters found in bold, then place, project, phone; painted without any widget."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(200, theme().px(_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, px = theme().tokens, theme().px
        box: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.primary_tint))
            painter.drawRoundedRect(box, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(tokens.hover))
        inside = box.adjusted(px(_SIDE), 0, -px(_SIDE), 0)
        hit = index.data(_HIT)
        if isinstance(hit, Hit):
            self._paint_hit(painter, inside, hit, index.model().text)  # type: ignore[attr-defined]
        else:
            side = px(18)
            ratio = painter.device().devicePixelRatioF()
            draw_icon(painter, "user-plus", inside.x(), inside.center().y() + 1, side, tokens.primary, ratio)
            painter.setPen(QColor(tokens.primary))
            font = theme().font("strong")
            painter.setFont(font)
            left = inside.adjusted(side + px(10), 0, 0, 0)
            words = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, left.width())
            painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _paint_hit(self, painter: QPainter, box: QRect, hit: Hit, typed: str) -> None:
        tokens, px = theme().tokens, theme().px
        small = theme().font("small")
        upper = QRect(box.x(), box.y() + px(4), box.width(), box.height() // 2 - px(2))
        lower = QRect(box.x(), box.center().y() + px(1), box.width(), box.height() // 2 - px(4))
        painter.setFont(small)
        painter.setPen(QColor(tokens.muted))
        note = f"{hit.reference} · clos" if hit.closed else hit.reference
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
        free = upper.width() - QFontMetrics(small).horizontalAdvance(note) - px(12)
        _draw_name(painter, QRect(upper.topLeft(), QSize(free, upper.height())), hit.name, typed)
        painter.setFont(small)
        painter.setPen(QColor(tokens.muted))
        shown = QFontMetrics(small).elidedText(details(hit), Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, shown)


def details(hit: Hit) -> str:
    """« Frévent · 06 12 34 56 78 · Boulangerie bio »."""
    return " · ".join(part for part in (hit.commune, hit.phone, hit.project) if part)


def highlights(name: str, typed: str) -> list[tuple[str, bool]]:
    """The name in parts; True for the beginning of a word that was typed."""
    asked = fold(typed).split()
    parts: list[tuple[str, bool]] = []
    for word in name.replace("-", "-\0").replace(" ", " \0").split("\0"):
        bare = fold(word)
        found = max((len(part) for part in asked if bare.startswith(part)), default=0)
        # Folding may change lengths (œ → oe): then the whole word is shown found.
        cut = found if len(bare) == len(word.rstrip(" -")) else len(word) if found else 0
        parts += [(text, on) for text, on in ((word[:cut], True), (word[cut:], False)) if text]
    return parts


def _draw_name(painter: QPainter, box: QRect, name: str, typed: str) -> None:
    plain, found = theme().font("medium"), _found_font()
    left, right = box.x(), box.right()
    for text, on in highlights(name, typed):
        font = found if on else plain
        metrics = QFontMetrics(font)
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left) if left < right else ""
        painter.setFont(font)
        painter.setPen(QColor(theme().tokens.primary if on else theme().tokens.ink))
        painter.drawText(QRect(left, box.y(), right - left, box.height()), Qt.AlignmentFlag.AlignVCenter, words)
        left += metrics.horizontalAdvance(text)


def _found_font() -> QFont:
    font = QFont(theme().font("strong"))
    font.setUnderline(True)
    return font
