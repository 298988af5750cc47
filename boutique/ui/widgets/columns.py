"""Two columns side by side that become one when there is no room; the frame of most views."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from boutique.ui.theme.manager import theme

_ENOUGH = 900


class Columns(QWidget):
    """`main` and `side` share the width as `shares` says; under `enough` pixels `side` goes below `main`."""

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        *,
        shares: tuple[int, int] = (7, 4),
        gap: int = 16,
        enough: int = _ENOUGH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._enough = enough
        self._parts = (main, side)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gap)
        for part, share in zip(self._parts, shares, strict=True):
            policy = part.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            part.setSizePolicy(policy)
            self._line.addWidget(part, share)
        self._shares = shares
        theme().changed.connect(self._arrange)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The wider of the two is enough, since they may stand one above the other."""
        hints = [part.minimumSizeHint() for part in self._parts]
        return QSize(max(hint.width() for hint in hints), self._line.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= theme().px(self._enough)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
            for number, share in enumerate(self._shares):
                self._line.setStretch(number, share if beside else 0)
            self.updateGeometry()
