"""A short list with bullets; used wherever something is explained in points."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from boutique.ui.theme.fonts import Role
from boutique.ui.widgets.label import Label, LabelTone, breakable


class Bullets(QWidget):
    """Each point wraps beside its bullet, never under it."""

    def __init__(
        self,
        points: Iterable[str] = (),
        *,
        role: Role = "body",
        tone: LabelTone = "ink",
        indent: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        grid = QGridLayout(self)
        grid.setContentsMargins(indent, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        for row, point in enumerate(points):
            grid.addWidget(Label("•", role=role, tone=tone), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(breakable(point), role=role, tone=tone, wrap=True), row, 1)
