"""The appearance in force: theme, text size, and the signal that says it changed; one per application."""

from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from boutique.ui.theme import fonts
from boutique.ui.theme.stylesheet import build
from boutique.ui.theme.tokens import DARK, LIGHT, Tokens

Mode = Literal["light", "dark", "system"]
_ROLE_PROPERTY = "fontRole"
_SMALLEST, _LARGEST = 0.8, 2.0


class Theme(QObject):
    """A property of the application, like its style or palette: `theme()` gives the one there is."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode: Mode = "system"
        self._scale = 1.0
        self._tokens = LIGHT
        self._worn: tuple[bool, float] | None = None  # dark or not, and the scale, that every widget is dressed in
        self._installed = False

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def scale(self) -> float:
        return self._scale

    def px(self, pixels: float) -> int:
        """A length that grows with the text."""
        return round(pixels * self._scale)

    def font(self, role: fonts.Role) -> QFont:
        return fonts.font(role, self._scale)

    def install(self, *, mode: Mode = "system", scale: float = 1.0) -> None:
        """Dress the application; called once, before the first window."""
        if not self._installed:
            self._installed = True
            QApplication.setStyle(QStyleFactory.create("Fusion"))
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._mode, self._scale = mode, _bounded(scale)
        self._worn = None
        self._apply()

    def set_mode(self, mode: Mode) -> None:
        self._mode = mode
        self._apply()

    def set_scale(self, scale: float) -> None:
        self._scale = _bounded(scale)
        self._apply()

    def _follow_system(self) -> None:
        if self._mode == "system":
            self._apply()

    def _apply(self) -> None:
        system_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = self._mode == "dark" or (self._mode == "system" and system_dark)
        wanted = (dark, self._scale)
        if wanted == self._worn:
            return  # dressing every widget again takes seconds
        self._tokens = DARK if dark else LIGHT
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        self._worn = wanted
        application.setFont(self.font("body"))
        application.setPalette(_palette(self._tokens))
        application.setStyleSheet(build(self._tokens))
        for widget in application.allWidgets():
            if role := widget.property(_ROLE_PROPERTY):
                widget.setFont(self.font(role))
                widget.updateGeometry()
            widget.update()
        self.changed.emit()


@cache
def theme() -> Theme:
    return Theme()


def set_role(widget: QWidget, role: fonts.Role) -> None:
    """Give a widget the font of a role, now and at each change of text size."""
    widget.setProperty(_ROLE_PROPERTY, role)
    widget.setFont(theme().font(role))


def set_look(widget: QWidget, **properties: str | bool) -> None:
    """Set properties that the style sheet selects on, and restyle the widget if any of them changed."""
    changed = False
    for name, wanted in properties.items():
        if widget.property(name) != wanted:
            widget.setProperty(name, wanted)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def _bounded(scale: float) -> float:
    return min(_LARGEST, max(_SMALLEST, scale))


def _palette(tokens: Tokens) -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.canvas,
        role.WindowText: tokens.ink,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.canvas,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.ink,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.ink,
        role.Highlight: tokens.primary,
        role.HighlightedText: tokens.on_primary,
        role.Link: tokens.primary,
        role.Accent: tokens.primary,
        role.Light: tokens.surface,
        role.Midlight: tokens.line,
        role.Mid: tokens.line,
        role.Dark: tokens.control,
        role.Shadow: tokens.control,
    }
    for where, colour in colours.items():
        made.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.control))
    return made
