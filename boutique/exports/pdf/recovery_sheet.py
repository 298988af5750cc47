"""Feuille de secours: the printed code that opens the base when everything else is lost."""

from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf import fonts
from boutique.exports.pdf.page import CANVAS, HAIRLINE, TEXT_WIDTH, Masthead, Span, build, para

_COLUMNS = 4
_WHAT = (
    "Ce code ouvre la base de Boutique quand l’ordinateur a été remplacé, quand le trousseau du système est perdu ou "
    "quand la phrase de passe est oubliée. Sans lui, personne ne pourra relire les dossiers : ni vous, ni nous."
)
_KEEP = (
    "Imprimez cette feuille, puis effacez le fichier : il ne doit rester que le papier.",
    "Rangez-la hors de l’ordinateur, sous clé : coffre, armoire fermée de la direction, autre lieu que la boutique.",
    "Confiez-la à la personne qui coordonne la structure ; notez qui la détient.",
    "Ne la photographiez pas, ne l’envoyez pas par e-mail, ne la recopiez pas dans un fichier.",
    "Si elle a pu être lue par quelqu’un d’autre, faites-en une nouvelle dans Réglages : l’ancien code ne sert plus.",
)
_USE = (
    "À l’ouverture, choisissez « Code de secours » et tapez les groupes l’un après l’autre. Les majuscules et les "
    "tirets ne comptent pas ; le dernier signe de chaque groupe contrôle les autres : une faute de frappe est "
    "signalée avec le numéro du groupe."
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The code as formatted by the key envelope (groups separated by hyphens)."""

    structure: str
    code: str
    made_on: date


def render(data: RecoverySheet) -> bytes:
    """The sheet as a PDF; nobody keeps a copy."""
    head = Masthead(Letterhead(data.structure), "Feuille de secours", dated=data.made_on, footer="À garder sous clé.")
    story: list[Flowable] = [
        *para("Feuille de secours", "title"),
        *para(_WHAT),
        Spacer(0, 14),
        _groups(data.code.split("-")),
        *para("Où la garder", "section"),
        *(line for text in _KEEP for line in para(text, "bullet", bullet="•")),
        *para("Comment s’en servir", "section"),
        *para(_USE),
        *para("Détenue par", "section"),
        *para([Span("Nom : ………………………………………………     Lieu : ………………………………………………     Depuis le : ………………………")]),
    ]
    return build(head, story)


def _groups(groups: list[str]) -> Table:
    width = TEXT_WIDTH / _COLUMNS
    cells: list[list[Flowable]] = [
        [*para(f"Groupe {rank}", "label", width=width), *para(group, "code", width=width)]
        for rank, group in enumerate(groups, 1)
    ]
    cells += [[] for _ in range(-len(cells) % _COLUMNS)]
    rows = [cells[start : start + _COLUMNS] for start in range(0, len(cells), _COLUMNS)]
    style = TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), fonts.TEXT),
            ("BACKGROUND", (0, 0), (-1, -1), CANVAS),
            ("GRID", (0, 0), (-1, -1), 0.5, HAIRLINE),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
            ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ]
    )
    return Table(rows, colWidths=[width] * _COLUMNS, style=style)
