"""The window of the system: on screen at once with the shapes of the shell, which is then built inside it.

Imports as little as it can: what it needs is what the first paint waits for.
"""

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from boutique.ui.preferences import Preferences
from boutique.ui.theme.tokens import DARK, LIGHT, Tokens
from boutique.ui.widgets.silhouette import window_shapes

_SMALLEST = (720, 440)  # a 1920×1080 screen at 200 % leaves 960×540
_DESIGN = (1366, 768)
_DARK_UNDER = 128


class Frame(QMainWindow):
    """`painted` once the first picture is on screen: time to import the rest and `install` the shell."""

    painted = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._body: QWidget | None = None
        self._was_painted = False
        self._tokens = _tokens(preferences)
        self.setWindowTitle("Boutique")
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_DESIGN)
        box = preferences.numbers("window")
        if len(box) == 4 and _on_a_screen(QRect(*box)):
            self.setGeometry(QRect(*box))

    def present(self) -> None:
        """Show as it was left."""
        if self._preferences.flag("maximized"):
            self.showMaximized()
        else:
            self.show()

    def install(self, body: QWidget) -> None:
        """The shell takes the place of its shapes."""
        self._body = body
        self.setCentralWidget(body)
        body.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._body is not None:
            super().paintEvent(event)
            return
        self._paint_shapes()
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def _paint_shapes(self) -> None:
        """With stretched dots: a pen, a brush or a colour to fill with would first load the whole Qt namespace."""
        painter = QPainter(self)
        dots: dict[str, QPixmap] = {}
        for left, top, width, height, fill, border in window_shapes(self.width(), self.height(), self._tokens):
            for colour, edge in ((border, 0), (fill, 1)):
                if colour not in dots:
                    dots[colour] = QPixmap(1, 1)
                    dots[colour].fill(QColor(colour))
                box = QRect(left + edge, top + edge, width - 2 * edge, height - 2 * edge)
                painter.drawPixmap(box, dots[colour])

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if self._body is not None and not self._body.close():
            event.ignore()
            return
        box = self.normalGeometry() if self.isMaximized() else self.geometry()
        self._preferences.put("window", [box.x(), box.y(), box.width(), box.height()])
        self._preferences.put("maximized", self.isMaximized())
        super().closeEvent(event)


def _tokens(preferences: Preferences) -> Tokens:
    """Same choice as the theme will make, from the system's own colours."""
    mode = preferences.text("theme", "system")
    system_dark = QApplication.palette().window().color().lightness() < _DARK_UNDER
    return DARK if mode == "dark" or (mode != "light" and system_dark) else LIGHT


def _on_a_screen(box: QRect) -> bool:
    """A screen may have been unplugged since the window was there."""
    middle = box.center()
    return any(screen.availableGeometry().contains(middle) for screen in QGuiApplication.screens())
