"""Aide (F1): the guide by task, searchable, with the shortcuts as they are declared."""

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from boutique.core.text import fold
from boutique.ui.desk import Desk
from boutique.ui.theme.manager import set_look, set_role, theme
from boutique.ui.view import View
from boutique.ui.views.guide import Chapter, chapters, html, set_weights, style
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.search_field import SearchField

_CONTENTS_WIDTH = 250


class HelpView(View):
    """Contents at the left, one long page at the right; typing in the search goes to what was found."""

    title = "Aide"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.chapters: tuple[Chapter, ...] = ()
        self.search = SearchField("Chercher dans l’aide", accessible="Chercher dans l’aide")
        self.contents = QListWidget()
        self.contents.setAccessibleName("Sommaire")
        self.contents.setFrameShape(QFrame.Shape.NoFrame)
        self.page = QTextBrowser()
        self.page.setAccessibleName("Guide")
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setOpenLinks(False)
        set_look(self.page, bare=True)
        set_role(self.page, "body")
        self.nothing = Label("Rien de tel dans l’aide. Essayez un autre mot.", tone="muted", wrap=True)
        self._lay_out()
        self.search.changed.connect(self._find)
        self.search.submitted.connect(self._find_next)
        self.search.moved.connect(self._step)
        self.search.left.connect(self._leave_search)
        self.contents.currentRowChanged.connect(self._go_to)
        self.page.anchorClicked.connect(self._follow)
        theme().changed.connect(self._draw)

    def enter(self, **_arguments: Any) -> None:
        """The actions known by now are in the list of shortcuts."""
        self.chapters = chapters(self._desk.shell.commands.declared())
        self.contents.clear()
        self.contents.addItems([chapter.title for chapter in self.chapters])
        self._draw()
        self._find(self.search.text())

    def take_focus(self) -> None:
        self.search.take_focus()

    def go_back(self) -> bool:
        if not self.search.text():
            return False
        self.search.clear()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.text() == "/" and not self.search.editor.hasFocus():
            self.search.take_focus()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(Label("Aide", role="title"))
        left.addWidget(self.search)
        left.addWidget(self.nothing)
        left.addWidget(self.contents, 1)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self._side = side
        set_look(self.contents, bare=True)
        card = Card(grow=True)
        card.add(self.page)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 14, 22, 14)
        row.setSpacing(16)
        row.addWidget(side)
        row.addWidget(card, 1)

    def _draw(self) -> None:
        """Written again at each change of theme or text size; the place in the page is kept."""
        at = self.page.verticalScrollBar().value()
        self._side.setFixedWidth(min(theme().px(_CONTENTS_WIDTH), max(160, self.width() // 3)))
        self.page.document().setDefaultStyleSheet(style())
        self.page.setHtml(html(self.chapters))
        set_weights(self.page.document())
        self.page.verticalScrollBar().setValue(at)
        self._mark(self.search.text())

    def _find(self, text: str) -> None:
        """Only the chapters that have every word stay in the contents; the page goes to the first."""
        words = fold(text).split()
        first = None
        for row, chapter in enumerate(self.chapters):
            whole = fold(f"{chapter.title} {chapter.text}")
            found = all(word in whole for word in words)
            item = self.contents.item(row)
            if item is not None:
                item.setHidden(not found)
            if found and first is None:
                first = row
        self.nothing.setVisible(first is None)
        self.page.setTextCursor(QTextCursor(self.page.document()))
        self._mark(text)
        if words and first is not None:
            self.contents.setCurrentRow(first)
            self._go_to(first)
            self._find_next(text)

    def _find_next(self, text: str) -> None:
        if text.strip() and not self.page.find(text.strip()):
            self.page.moveCursor(QTextCursor.MoveOperation.Start)
            self.page.find(text.strip())

    def _mark(self, text: str) -> None:
        """Every place where the words stand is tinted."""
        found: list[QTextEdit.ExtraSelection] = []
        wanted = text.strip()
        cursor = QTextCursor(self.page.document())
        while wanted and not (cursor := self.page.document().find(wanted, cursor)).isNull():
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor
            shape = QTextCharFormat()
            shape.setBackground(QColor(theme().tokens.warning_tint))
            shape.setForeground(QColor(theme().tokens.warning))
            selection.format = shape
            found.append(selection)
        self.page.setExtraSelections(found)

    def _step(self, step: int) -> None:
        row = self.contents.currentRow() + step
        while 0 <= row < self.contents.count() and self.contents.item(row).isHidden():
            row += step
        if 0 <= row < self.contents.count():
            self.contents.setCurrentRow(row)

    def _leave_search(self) -> None:
        if not self.go_back():
            self._desk.shell.back()

    def _go_to(self, row: int) -> None:
        if row >= 0:
            self.page.scrollToAnchor(f"chapter-{row}")

    def _follow(self, address: QUrl) -> None:
        """Only inside the guide: the application opens no page of the network."""
        if address.isRelative():
            self.page.scrollToAnchor(address.fragment())
