"""Réglages › À propos: version, sources of the data, what the program is made of and under which licences."""

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtWidgets import QWidget

from boutique import __version__
from boutique.ui.desk import Desk
from boutique.ui.views.settings.page import Page
from boutique.ui.widgets.badge import Badge
from boutique.ui.widgets.card import Card
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.list_row import ListRow

_ZONINGS = "Listes importées par vos soins : ANCT (QPV), DGCL (France ruralités), selon le fichier choisi."
# Component, package whose version is shown, licence, what it does here. To add one: one line.
NOTICES = (
    ("Qt et PySide6", "PySide6-Essentials", "LGPL-3.0", "La fenêtre ; bibliothèques remplaçables, non modifiées"),
    ("SQLCipher et sqlcipher3", "sqlcipher3", "BSD-3-Clause, zlib", "La base chiffrée (SQLite : domaine public)"),
    ("SQLAlchemy", "SQLAlchemy", "MIT", "L’accès à la base"),
    ("Alembic", "alembic", "MIT", "Les mises à niveau de la base"),
    ("cryptography", "cryptography", "Apache-2.0 ou BSD-3-Clause", "L’enveloppe des clés"),
    ("keyring", "keyring", "MIT", "Le trousseau du système"),
    ("ReportLab", "reportlab", "BSD-3-Clause", "Les documents PDF"),
    ("pypdfium2 et PDFium", "pypdfium2", "Apache-2.0, BSD-3-Clause", "L’aperçu avant impression"),
    ("Pillow", "pillow", "MIT-CMU", "La lecture des photos jointes"),
    ("filetype", "filetype", "MIT", "La nature réelle des fichiers joints"),
    ("odfdo", "odfdo", "Apache-2.0", "Les classeurs .ods"),
    ("openpyxl", "openpyxl", "MIT", "Les classeurs"),
    ("python-calamine", "python-calamine", "MIT", "La lecture des classeurs importés"),
    ("charset-normalizer", "charset-normalizer", "MIT", "L’encodage des listes importées"),
    ("RapidFuzz", "rapidfuzz", "MIT", "La recherche tolérante"),
    ("jellyfish", "jellyfish", "MIT", "Les doublons qui se prononcent pareil"),
    ("phonenumbers", "phonenumbers", "Apache-2.0", "Les numéros de téléphone"),
    ("python-stdnum", "python-stdnum", "LGPL-2.1", "Les clés de contrôle (SIREN)"),
    ("email-validator", "email-validator", "Unlicense", "Les adresses e-mail"),
    ("dateparser", "dateparser", "BSD-3-Clause", "Les dates en toutes lettres"),
    ("Tomli-W", "tomli-w", "MIT", "Les parcours exportés"),
    (
        "python-dateutil",
        "python-dateutil",
        "Apache-2.0 ou BSD-3-Clause",
        "Les échéances et les permanences",
    ),
    ("icalendar", "icalendar", "BSD-2-Clause", "Les agendas .ics"),
    ("recurring-ical-events", "recurring-ical-events", "LGPL-3.0", "Les répétitions des agendas .ics"),
    ("holidays", "holidays", "MIT", "Les jours fériés"),
    ("fontTools", "fonttools", "MIT", "Les polices des documents"),
    ("Inter", "fontpkg-inter", "OFL-1.1", "La famille de caractères — The Inter Project Authors"),
    ("DejaVu Sans", "ziafont", "Bitstream Vera, domaine public", "Les caractères que la première n’a pas"),
    ("Lucide", "python-lucide", "ISC", "Les icônes — Lucide Contributors, d’après Feather (MIT)"),
)


class AboutPage(Page):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        product = Card("Boutique", icon="store")
        product.add(
            Label(f"Version {__version__}", role="strong", selectable=True),
            Label("Accueil, accompagnement et orientation des porteurs de projet, sans réseau.", tone="muted",
                  wrap=True),
            Label("Aucune mesure d’audience, aucun appel réseau : vos données restent dans votre base chiffrée.",
                  tone="muted", wrap=True),
        )  # fmt: skip
        self.attribution = Label(wrap=True, selectable=True)
        data = Card("Données publiques", icon="database")
        data.add(self.attribution, Label(_ZONINGS, role="small", tone="muted", wrap=True))
        notices = Card("Logiciels et licences", icon="scale")
        self.rows = [_row(*notice) for notice in NOTICES]
        notices.add(*self.rows)
        self.rows[-1].set_last()
        self.add(product, data, notices)

    def enter(self) -> None:
        self.desk.tasks.run(self.desk.workspace.reference.meta, self._show)

    def _show(self, meta: dict[str, str]) -> None:
        self.attribution.setText(meta.get("attribution", ""))


def _row(name: str, package: str, licence: str, what: str) -> ListRow:
    try:
        title = f"{name} {version(package)}"
    except PackageNotFoundError:  # a packaged program may leave the metadata out
        title = name
    return ListRow(title, what, trailing=[Badge(licence, "neutral")])
