"""The guide of `resources/texts/guide.md` cut in chapters and dressed for the page of Aide."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument

from boutique.core.paths import resources_folder
from boutique.ui.actions import Action, spoken_keys
from boutique.ui.theme.manager import theme

_SHORTCUTS = "{raccourcis}"
_TITLE = re.compile(r"^## (.+)$", re.MULTILINE)
_FIRST_SECTIONS = ("Général", "Aller à")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One title of the guide and its text, in markdown."""

    title: str
    text: str


def chapters(actions: Sequence[Action]) -> tuple[Chapter, ...]:
    """The guide in order, with the shortcuts of the actions declared by now."""
    text = (resources_folder() / "texts" / "guide.md").read_text("utf-8")
    parts = _TITLE.split(text.replace(_SHORTCUTS, shortcuts(actions)))
    return tuple(
        Chapter(title.strip(), content.strip()) for title, content in zip(parts[1::2], parts[2::2], strict=True)
    )


def shortcuts(actions: Sequence[Action]) -> str:
    """A table of keys for each section."""
    with_keys = [action for action in actions if action.shortcut]
    sections = sorted({action.section for action in with_keys}, key=_rank)
    tables = []
    for section in sections:
        rows = [f"| {action.title} | **{_keys(action)}** |" for action in with_keys if action.section == section]
        tables.append("\n".join((f"### {section}\n", "| Action | Touches |", "|---|---|", *rows)))
    return "\n\n".join(tables)


def html(parts: Sequence[Chapter]) -> str:
    """One page; each chapter has an anchor that the contents lead to."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    return "".join(
        f'<h2><a name="chapter-{number}"></a>{markdown.renderInline(chapter.title)}</h2>{markdown.render(chapter.text)}'
        for number, chapter in enumerate(parts)
    )


def style() -> str:
    """The tokens of the present theme for the page."""
    tokens, px = theme().tokens, theme().px
    title, heading = theme().font("title").pointSizeF(), theme().font("heading").pointSizeF()
    return f"""
        body, p, li, td {{ color: {tokens.ink}; }}
        p, li {{ margin-top: {px(3)}px; margin-bottom: {px(6)}px; line-height: 135%; }}
        ul, ol {{ margin-left: {px(4)}px; -qt-list-indent: 1; }}
        h2 {{ color: {tokens.primary}; font-size: {title}pt; margin-top: {px(22)}px; margin-bottom: {px(6)}px; }}
        h3 {{ color: {tokens.ink}; font-size: {heading}pt; margin-top: {px(12)}px; margin-bottom: {px(4)}px; }}
        td, th {{ padding: {px(3)}px {px(18)}px {px(3)}px 0px; text-align: left; }}
        th {{ color: {tokens.muted}; }}
        a {{ color: {tokens.primary}; }}
    """


def set_weights(document: QTextDocument) -> None:
    """The text family is one variable file: its bold is an axis of the font, not the smeared letters Qt would draw."""
    strong = theme().font("strong")
    block = document.begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            fragment = parts.fragment()
            if fragment.charFormat().fontWeight() >= QFont.Weight.DemiBold:
                _strengthen(document, fragment.position(), fragment.length(), strong)
            parts += 1
        block = block.next()


def _strengthen(document: QTextDocument, start: int, length: int, strong: QFont) -> None:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    shape = QTextCharFormat()
    face = QFont(strong)
    face.setPointSizeF(cursor.charFormat().fontPointSize() or strong.pointSizeF())
    shape.setFont(face)
    cursor.mergeCharFormat(shape)


def _keys(action: Action) -> str:
    return spoken_keys(action.shortcut).replace("|", "\\|")


def _rank(section: str) -> tuple[int, str]:
    known = section in _FIRST_SECTIONS
    return (_FIRST_SECTIONS.index(section) if known else len(_FIRST_SECTIONS), section)
