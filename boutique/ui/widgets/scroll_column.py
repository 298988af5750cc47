"""A column that scrolls up and down only, without a frame; the body of most views."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from boutique.ui.theme.manager import set_look
from boutique.ui.widgets.emptying import empty


class ScrollColumn(QScrollArea):
    """Add to `body`; what has the focus is always scrolled into sight."""

    def __init__(
        self,
        *,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        gap: int = 10,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        set_look(inside, bare=True)
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(*margins)
        outer.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setSpacing(gap)
        outer.addLayout(self.body)
        outer.addStretch(1)
        self.setWidget(inside)
        self._inside, self._outer = inside, outer
        inside.installEventFilter(self)

    def add(self, *parts: QWidget | QLayout) -> None:
        for part in parts:
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)

    def clear(self) -> None:
        empty(self.body)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            # Where lines wrap, the height for this width counts, not the height at the narrowest.
            wraps = self._outer.hasHeightForWidth()
            vertical = QSizePolicy.Policy.Ignored if wraps else QSizePolicy.Policy.Preferred
            self._inside.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
            bar = self.verticalScrollBar().sizeHint().width()
            self.setMinimumWidth(self._inside.minimumSizeHint().width() + bar)
        return super().eventFilter(watched, event)
