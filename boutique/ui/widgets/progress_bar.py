"""A thin bar of progress or of share; says its value to screen readers."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from boutique.ui.theme.manager import theme

_STEPS = 1000


class ProgressBar(QProgressBar):
    """`write(0.64)`; a fraction between 0 and 1."""

    def __init__(self, fraction: float = 0.0, *, accessible: str = "Avancement", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setAccessibleName(accessible)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.write(fraction)

    def write(self, fraction: float) -> None:
        self.setValue(round(min(1.0, max(0.0, fraction)) * _STEPS))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(120), theme().px(8))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(40), theme().px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        tokens, thick, painter = theme().tokens, theme().px(6), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, (self.height() - thick) / 2, self.width(), thick)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        filled = self.width() * self.value() / _STEPS
        if filled >= 1:
            painter.setBrush(QColor(tokens.primary))
            painter.drawRoundedRect(QRectF(0, track.y(), max(filled, thick), thick), thick / 2, thick / 2)
