"""Appearance as this computer remembers it: theme, text size, French words of Qt; used at start and in settings."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from boutique.ui.preferences import Preferences
from boutique.ui.theme.manager import Mode, theme

_MODES: tuple[Mode, ...] = ("light", "dark", "system")
_STEP = 0.1


def dress(application: QApplication, preferences: Preferences) -> None:
    """Before the first window: the theme, and Qt's own buttons and dates in French."""
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    translator = QTranslator(application)
    if translator.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    asked = preferences.text("theme", "system")
    default: Mode = "system"
    mode = next((one for one in _MODES if one == asked), default)
    theme().install(mode=mode, scale=preferences.number("text_scale", 1.0))


def set_mode(preferences: Preferences, mode: Mode) -> None:
    preferences.put("theme", mode)
    theme().set_mode(mode)


def set_scale(preferences: Preferences, scale: float) -> None:
    theme().set_scale(scale)
    preferences.put("text_scale", theme().scale)


def change_scale(preferences: Preferences, steps: int) -> None:
    """Larger or smaller by steps of ten per cent; 0 goes back to the ordinary size."""
    set_scale(preferences, round(theme().scale + steps * _STEP, 2) if steps else 1.0)
