"""A finished document before it is printed or saved; every document passes through here."""

import uuid
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from boutique.services import accesses
from boutique.services.documents import Document
from boutique.ui.desk import Desk
from boutique.ui.loading import load
from boutique.ui.saving import FileSaving
from boutique.ui.theme.manager import theme
from boutique.ui.widgets.button import Button, PrimaryButton
from boutique.ui.widgets.elided_label import ElidedLabel
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.scroll_column import ScrollColumn
from boutique.ui.widgets.sheet import Sheet

_PAGES = "boutique.ui.pdf_pages"
_POINTS = 72
_PRINTED_DPI = 300
_PAGE_WIDTH = 700
_SHARE_OF_WINDOW = 0.94
_WIDEST, _LEAST = 860, (420, 320)


class Preview(QDialog):
    """Open it with `Preview.open_documents(desk, document, …)`; Escape closes, Ctrl+P prints, Ctrl+S saves."""

    @classmethod
    def open_documents(
        cls, desk: Desk, *documents: Document, person_id: uuid.UUID | None = None, people: Sequence[uuid.UUID] = ()
    ) -> "Preview":
        """Show documents over the window; what is printed or saved of people is noted in the history of each."""
        shell = desk.shell
        shown = cls(desk, documents, shell if isinstance(shell, QWidget) else None)
        shown.person_id, shown.people = person_id, tuple(people)
        shown.open()
        return shown

    def __init__(self, desk: Desk, documents: tuple[Document, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.documents = desk, documents
        self._saving = FileSaving(desk, self)
        self._saving.saved.connect(self._saved)
        title = documents[0].title if len(documents) == 1 else f"{len(documents)} documents"
        self.person_id: uuid.UUID | None = None
        self.people: tuple[uuid.UUID, ...] = ()
        self.setWindowTitle(title)
        self.setObjectName("preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pages: list[Sheet] = []
        self._column = ScrollColumn(margins=(16, 16, 16, 16), gap=14)
        self._waiting = Label("Mise en page…", tone="muted")
        self._column.add(self._waiting)
        self.print_button = PrimaryButton("Imprimer", icon="printer", hint="Ctrl P", size="normal")
        self.save_button = Button("Enregistrer le PDF…", icon="download", hint="Ctrl S")
        self.close_button = Button("Fermer", hint="Échap")
        for name, button, shortcut in (
            ("print", self.print_button, "Ctrl+P"),
            ("save", self.save_button, "Ctrl+S"),
            ("close", self.close_button, ""),
        ):
            button.setObjectName(f"preview-{name}")
            button.setAutoDefault(False)
            if shortcut:
                button.setShortcut(shortcut)
        self.count = Label(role="small", tone="muted")
        self._lay_out(ElidedLabel(title, role="heading"))
        self.print_button.clicked.connect(self.print_document)
        self.save_button.clicked.connect(self.save_document)
        self.close_button.clicked.connect(self.close)
        self._draw()

    def print_document(self) -> None:
        """Ask for the printer, then draw the pages in the worker at its fineness."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.documents[0].file_name)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            draw = partial(_drawn, self._contents(), _PRINTED_DPI / _POINTS)
            self._desk.tasks.run(draw, partial(self._print_on, printer), context=self)

    def save_document(self) -> None:
        """Save where the user says; the name proposed never carries a person's."""
        for document in self.documents:
            self._saving.offer(document, title="Enregistrer le PDF", written=partial(self._note, "export"))

    def _saved(self, path: Path) -> None:
        self.count.setText(f"Enregistré : {path.name}")

    def _print_on(self, printer: QPrinter, images: list[QImage]) -> None:
        painter = QPainter(printer)
        for rank, image in enumerate(images):
            if rank:
                printer.newPage()
            page = printer.pageLayout().fullRectPixels(printer.resolution())
            margins = printer.pageLayout().paintRectPixels(printer.resolution()).topLeft()
            painter.drawImage(QRectF(page.translated(-margins)), image)
        painter.end()
        self._note("print")
        self._desk.shell.notify("Document envoyé à l’imprimante.", "success")

    def _note(self, verb: str) -> None:
        for document in self.documents:
            if self.people:
                self._desk.keep(accesses.note_each, verb, document.title, self.people)
            else:
                self._desk.keep(accesses.note, verb, document.title, person_id=self.person_id)

    def _contents(self) -> tuple[bytes, ...]:
        return tuple(document.content for document in self.documents)

    def _draw(self) -> None:
        scale = theme().px(_PAGE_WIDTH) / (210 / 25.4 * _POINTS) * self.devicePixelRatioF()
        self._desk.tasks.run(partial(_drawn, self._contents(), scale), self._show)

    def _show(self, images: list[QImage]) -> None:
        self._waiting.hide()
        for rank, image in enumerate(images, 1):
            page = Sheet(image, f"{self.windowTitle()}, page {rank} sur {len(images)}", widest=_PAGE_WIDTH)
            self.pages.append(page)
            self._column.add(page)
        self.count.setText("1 page" if len(images) == 1 else f"{len(images)} pages")
        self.print_button.setFocus()

    def _lay_out(self, title: QWidget) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 12)
        top.setSpacing(8)
        top.addWidget(title, 1)
        for widget in (self.count, self.close_button, self.save_button, self.print_button):
            top.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._column, 1)
        parent = self.parentWidget()
        room = parent.size() * _SHARE_OF_WINDOW if parent is not None else QSize(_WIDEST, 700)
        self.resize(room.boundedTo(QSize(theme().px(_WIDEST), 10_000)).expandedTo(QSize(*_LEAST)))


def _drawn(contents: tuple[bytes, ...], scale: float) -> list[QImage]:
    """Every page, as `pdf_pages` draws it; its library comes with the first document. Slow: for the worker."""
    images: list[QImage] = load(_PAGES).draw_all(contents, scale)
    return images
