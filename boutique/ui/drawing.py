"""Pages of an attached document as pictures, drawn by a process apart: nothing of the file is parsed in this one."""

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal
from PySide6.QtGui import QImage

from boutique.services import reader
from boutique.services.reader import Look, Page


class Drawing(QObject):
    """`ask(content)`, then `drawn(look)`; another document asked meanwhile replaces the first."""

    drawn = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(reader.SECONDS * 1000)
        self._timer.timeout.connect(self._too_slow)

    @property
    def busy(self) -> bool:
        return self._process is not None

    def ask(self, content: bytes, *, width: int, first: int = 0, pages: int) -> None:
        self.stop()
        process = QProcess(self)
        surroundings = QProcessEnvironment()
        for name, value in reader.environment().items():
            surroundings.insert(name, value)
        process.setProcessEnvironment(surroundings)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        self._process = process
        self._timer.start()
        program, arguments = reader.command(width=width, first=first, pages=pages)
        process.start(program, arguments)
        process.write(content)
        process.closeWriteChannel()

    def stop(self) -> None:
        """Give up what is being drawn."""
        self._timer.stop()
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._finished)
            process.errorOccurred.disconnect(self._failed)
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _finished(self) -> None:
        process, self._process = self._process, None
        self._timer.stop()
        if process is not None:
            answer = bytes(process.readAllStandardOutput().data())
            process.deleteLater()
            self.drawn.emit(reader.read(answer))

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._too_slow()

    def _too_slow(self) -> None:
        self.stop()
        self.drawn.emit(reader.too_slow())


def image_of(page: Page) -> QImage:
    """The pixels of a page; copied, the bytes may go."""
    return QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32).copy()


def empty_look(problem: str) -> Look:
    """What is shown of a document of a type that has no preview."""
    return Look(problem=problem)
