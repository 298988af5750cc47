"""The one style sheet, generated from the tokens. Fonts are never set here: see `fonts` for why."""

from boutique.ui.theme.tokens import Tokens

_EDITORS = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox"


def build(tokens: Tokens) -> str:
    return "\n".join(part(tokens) for part in (_surfaces, _labels, _editors, _popups, _lists, _scroll_bars))


def _surfaces(t: Tokens) -> str:
    tones = "\n".join(
        f'QFrame[surface="card"][tone="{tone}"] {{ border-color: {t.tone(tone)}; }}\n'
        f'QFrame[surface="card"][tone="{tone}"][tinted="true"] {{ background: {t.tint(tone)}; }}'
        for tone in ("primary", "accent", "success", "warning", "danger", "info")
    )
    return f"""
QMainWindow, QDialog, QWidget[surface="canvas"] {{ background: {t.canvas}; }}
QWidget[surface="plain"] {{ background: {t.surface}; }}
QFrame[surface="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px; }}
QFrame[surface="card"][selected="true"] {{ border: 2px solid {t.primary}; }}
{tones}
QFrame[surface="rail"] {{ background: {t.surface}; border: none; border-right: 1px solid {t.line}; }}
QFrame[surface="top"] {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line}; }}
QFrame[surface="status"] {{ background: {t.surface}; border: none; border-top: 1px solid {t.line}; }}
QFrame[surface="line"] {{ background: {t.line}; border: none; }}
QFrame[surface="row"] {{ background: transparent; border: none; border-bottom: 1px solid {t.line}; }}
QFrame[surface="row"][last="true"] {{ border-bottom-color: transparent; }}
QFrame[surface="row"][clickable="true"]:hover {{ background: {t.hover}; }}
QFrame[surface="row"][selected="true"] {{ background: {t.primary_tint}; }}
QFrame[surface="row"]:focus {{ border: 2px solid {t.primary}; border-radius: 6px; }}
QFrame[surface="search"] {{ background: {t.surface}; border: 1px solid {t.control}; border-radius: 8px; }}
QFrame[surface="search"][active="true"] {{ border: 2px solid {t.primary}; }}
QFrame[surface="popup"], QDialog[surface="popup"] {{
  background: {t.surface}; border: 1px solid {t.control}; border-radius: 8px;
}}
"""


def _labels(t: Tokens) -> str:
    tones = "\n".join(
        f'QLabel[tone="{tone}"] {{ color: {t.tone(tone)}; }}'
        for tone in ("neutral", "primary", "accent", "success", "warning", "danger", "info")
    )
    return f"""
QLabel {{ background: transparent; color: {t.ink}; border: none; }}
QLabel[tone="muted"] {{ color: {t.muted}; }}
{tones}
QLabel:disabled {{ color: {t.control}; }}
QToolTip {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.control}; padding: 4px 6px; }}
"""


def _editors(t: Tokens) -> str:
    return f"""
{_EDITORS} {{
  background: {t.surface}; color: {t.ink}; border: 1px solid {t.control}; border-radius: 8px;
  padding: 7px 10px;
  selection-background-color: {t.primary}; selection-color: {t.on_primary};
}}
QPlainTextEdit, QTextEdit {{ padding: 5px 6px; }}
QComboBox {{ padding-right: 28px; }}
{_scoped(":hover")} {{ border-color: {t.muted}; }}
{_scoped(":focus")} {{ border: 2px solid {t.primary}; padding: 6px 9px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 4px 5px; }}
QComboBox:focus {{ padding-right: 27px; }}
{_scoped('[invalid="true"]')} {{ border-color: {t.danger}; }}
{_scoped(":disabled")} {{ background: {t.canvas}; color: {t.muted}; border-color: {t.line}; }}
{_scoped(":read-only")} {{ background: {t.canvas}; }}
QComboBox, QComboBox:!editable {{ background: {t.surface}; }}
QComboBox QLineEdit, QAbstractSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
QComboBox QLineEdit:focus, QAbstractSpinBox QLineEdit:focus {{ border: none; padding: 0; }}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus, QLineEdit[bare="true"]:hover {{
  border: none; padding: 0; background: transparent;
}}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: none; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
QRadioButton, QCheckBox {{ color: {t.ink}; background: transparent; spacing: 8px; }}
"""


def _scoped(state: str) -> str:
    return ", ".join(f"{editor}{state}" for editor in _EDITORS.split(", "))


def _popups(t: Tokens) -> str:
    return f"""
QMenu {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.control}; padding: 4px; }}
QMenu::item {{ padding: 7px 24px 7px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.primary_tint}; color: {t.primary}; }}
QMenu::item:disabled {{ color: {t.control}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QComboBox QAbstractItemView, QAbstractItemView[popup="true"] {{
  background: {t.surface}; color: {t.ink}; border: 1px solid {t.control}; padding: 4px; outline: none;
  selection-background-color: {t.primary_tint}; selection-color: {t.primary};
}}
QComboBox QAbstractItemView::item {{ padding: 6px 8px; border-radius: 6px; }}
QTabBar {{ background: transparent; border: none; }}
QTabBar::tab {{
  background: transparent; color: {t.muted}; border: none; border-bottom: 2px solid transparent;
  padding: 9px 12px;
}}
QTabBar::tab:hover {{ color: {t.ink}; }}
QTabBar::tab:selected {{ color: {t.primary}; border-bottom: 2px solid {t.primary}; }}
QTabBar::tab:focus:selected {{ background: {t.primary_tint}; }}
QTabBar::tear {{ width: 0; image: none; }}
QTabBar QToolButton {{ background: {t.surface}; border: 1px solid {t.line}; }}
QTabBar::tab:disabled {{ color: {t.control}; }}
QDialogButtonBox QPushButton, QMessageBox QPushButton {{
  background: {t.surface}; color: {t.ink}; border: 1px solid {t.control}; border-radius: 8px;
  padding: 6px 14px;
}}
QDialogButtonBox QPushButton:hover {{ background: {t.hover}; }}
QDialogButtonBox QPushButton:focus {{ border: 2px solid {t.primary}; padding: 5px 13px; }}
QDialogButtonBox QPushButton:default {{
  background: {t.primary}; color: {t.on_primary}; border-color: {t.primary};
}}
QDialogButtonBox QPushButton:default:focus {{ border: 2px solid {t.ink}; padding: 5px 13px; }}
QDialogButtonBox QPushButton:disabled {{ background: {t.canvas}; color: {t.muted}; border-color: {t.line}; }}
"""


def _lists(t: Tokens) -> str:
    return f"""
QAbstractItemView {{
  background: {t.surface}; alternate-background-color: {t.surface}; color: {t.ink}; border: none;
  outline: none;
  gridline-color: {t.line}; selection-background-color: {t.primary_tint}; selection-color: {t.ink};
}}
QTableView, QTreeView, QListView {{ background: {t.surface}; }}
QTableView::item, QTreeView::item {{ border: none; border-bottom: 1px solid {t.line}; padding: 4px 8px; }}
QTableView[dense="true"]::item {{ padding: 4px 4px; }}
QTableView[dense="true"] QHeaderView::section {{ padding: 7px 4px; }}
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {{
  background: {t.primary_tint}; color: {t.ink};
}}
QTableView::item:focus, QTreeView::item:focus {{ border: 2px solid {t.primary}; }}
QListView::item {{ padding: 6px 8px; }}
QHeaderView {{ background: {t.surface}; border: none; }}
QHeaderView::section {{
  background: {t.surface}; color: {t.muted}; border: none; border-bottom: 1px solid {t.line};
  padding: 7px 8px 7px 11px;
}}
QHeaderView::section:hover {{ color: {t.ink}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QTableCornerButton::section {{ background: {t.surface}; border: none; }}
"""


def _scroll_bars(t: Tokens) -> str:
    return f"""
QScrollArea, QAbstractScrollArea[bare="true"] {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[bare="true"] {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; border: none; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.control}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {t.line}; }}
"""
