"""An editor with its label above, its mark « obligatoire », its help and its error; used by every form."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boutique.ui.theme.manager import set_look
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.segmented import Segmented


class Field(QWidget):
    """`set_error(sentence)` shows what is wrong under the editor, an empty one clears it; `wrap` for long labels."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        required: bool = False,
        explanation: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._explanation = explanation
        self._notice: Label | None = None
        grows = bool(editor.sizePolicy().expandingDirections() & Qt.Orientation.Vertical)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(4)
        self.label = Label(label, role="label", wrap=wrap)
        self.label.setBuddy(editor)
        head.addWidget(self.label, 1 if wrap else 0)
        mark = Label("obligatoire", role="label", tone="accent")
        if not required:
            mark.hide()
        head.addWidget(mark)
        if explanation:
            about = Icon("circle-help", size=14, accessible=explanation)
            head.addWidget(about, 0, Qt.AlignmentFlag.AlignVCenter)
        if not wrap:
            head.addStretch(1)
        column.addLayout(head)
        column.addWidget(editor, 1 if grows else 0)
        if not editor.sizePolicy().expandingDirections() & Qt.Orientation.Horizontal and isinstance(editor, Segmented):
            column.setAlignment(editor, Qt.AlignmentFlag.AlignLeft)  # Qt centres what does not grow
        self._error_row = QWidget()
        line = QHBoxLayout(self._error_row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        self._error = Label(role="small", tone="danger", wrap=True)
        line.addWidget(Icon("circle-alert", tone="danger", size=14), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._error, 1)
        self._error_row.hide()
        column.addWidget(self._error_row)
        if not grows:
            column.addStretch(1)
        editor.setAccessibleName(f"{label} (obligatoire)" if required else label)
        editor.setAccessibleDescription(explanation)
        if explanation and not editor.toolTip():
            editor.setToolTip(explanation)

    def set_notice(self, sentence: str) -> None:
        """A word of caution under the editor, which hinders nothing; an empty one takes it away."""
        if self._notice is None and sentence and (column := self.layout()) is not None:
            self._notice = Label(role="small", tone="warning", wrap=True, parent=self)
            self._notice.setObjectName("field-notice")
            column.addWidget(self._notice)
        if self._notice is not None:
            self._notice.setText(sentence)
            self._notice.setVisible(bool(sentence))

    def error(self) -> str:
        return self._error.text()

    def set_error(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error_row.setVisible(bool(sentence))
        set_look(self.editor, invalid=bool(sentence))
        self.editor.setAccessibleDescription(" ".join(filter(None, (sentence, self._explanation))))
