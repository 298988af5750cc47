"""The pages of the first start: the structure, the person, the protection, the recovery code."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from boutique.core.errors import UserError
from boutique.core.text import fold
from boutique.forms import values
from boutique.forms.catalogue import COUNSELLOR, STRUCTURE
from boutique.forms.spec import Form
from boutique.storage.reference import reference
from boutique.ui.forms.lookup_editors import UNKNOWN_COMMUNE, Found, LookupEditor
from boutique.ui.forms.text_editors import LineEditor
from boutique.ui.tasks import Tasks
from boutique.ui.widgets.button import Button
from boutique.ui.widgets.check_box import CheckBox
from boutique.ui.widgets.field import Field
from boutique.ui.widgets.label import Label
from boutique.ui.widgets.passphrase_field import PassphraseField
from boutique.ui.widgets.segmented import Segmented

SHORTEST_PASSPHRASE = 12


class Page(QWidget):
    """A title, a sentence, fields; `complaint` puts what is missing beside its field."""

    title = ""
    sentence = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(Label(self.title, role="title"))
        self.column.addWidget(Label(self.sentence, tone="muted", wrap=True))

    def complaint(self) -> QWidget | None:
        """The first editor that needs something, with its error shown; None when the page is complete."""
        return None

    def first_editor(self) -> QWidget | None:
        return self.findChild(QLineEdit)


class StructurePage(Page):
    title = "Votre structure"
    sentence = "Ces lignes figurent en tête des documents imprimés. Tout se change plus tard dans Réglages."

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Field("Nom de la structure", LineEditor(), required=True)
        self.commune_line = LookupEditor(
            tasks, _communes, _commune_label, label="Commune de la boutique", unknown=UNKNOWN_COMMUNE
        )
        self.commune = Field("Commune de la boutique", self.commune_line, required=True)
        self.phone = Field("Téléphone", LineEditor())
        _line(self.name).setPlaceholderText("Boutique de l’initiative du Ternois")
        self.commune_line.setPlaceholderText("Nom ou code postal")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.commune, 3)
        row.addWidget(self.phone, 2)
        self.column.addWidget(self.name)
        self.column.addLayout(row)
        _clear_when_typed(self.name, self.commune, self.phone)

    def town(self) -> str:
        """Name of the commune chosen."""
        found = reference().commune(self.commune_line.read() or "")
        return found.name if found else ""

    def complaint(self) -> QWidget | None:
        self.commune_line.settle()
        answer(self.name, STRUCTURE, "structure.name")
        answer(self.phone, STRUCTURE, "structure.phone")
        self.commune.set_error("" if self.commune_line.read() else UNKNOWN_COMMUNE)
        return _first_wrong(self.name, self.commune, self.phone)


class PersonPage(Page):
    title = "Vous"
    sentence = "Votre nom signe les entretiens et les orientations. D’autres personnes s’ajoutent dans Réglages."

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = Field("Prénom", LineEditor(), required=True)
        self.last = Field("Nom", LineEditor(), required=True)
        self.email = Field("Adresse e-mail", LineEditor(), explanation="Pour que les partenaires vous répondent.")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.first)
        row.addWidget(self.last)
        self.column.addLayout(row)
        self.column.addWidget(self.email)
        _clear_when_typed(self.first, self.last, self.email)

    def complaint(self) -> QWidget | None:
        for field, key in ((self.first, "first_name"), (self.last, "last_name"), (self.email, "email")):
            answer(field, COUNSELLOR, f"counsellor.{key}")
        return _first_wrong(self.first, self.last, self.email)


class ProtectionPage(Page):
    """The key in the system keychain when there is one; a passphrase otherwise, or by choice."""

    title = "Protection"
    sentence = (
        "La base est chiffrée sur cet ordinateur. Choisissez ce qui l’ouvre ; une feuille de secours, "
        "à imprimer juste après, la rouvrira si tout le reste est perdu."
    )

    def __init__(self, *, keychain: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keychain = keychain
        ways = [("keychain", "Ma session ordinateur"), ("passphrase", "Une phrase de passe")]
        self.way = Segmented(ways, accessible="Ce qui ouvre la base", optional=False)
        self.way.write("keychain" if keychain else "passphrase")
        if not keychain:
            self.way.hide()
        self.about = Label(tone="muted", wrap=True)
        self.passphrase = PassphraseField("Phrase de passe")
        self.repeat = PassphraseField("La même, une seconde fois")
        self.secrets = QWidget()
        column = QVBoxLayout(self.secrets)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.passphrase)
        self.hint = Label(role="small", tone="muted", wrap=True)
        column.addWidget(self.hint)
        column.addWidget(self.repeat)
        for part in (self.way, self.about, self.secrets):
            self.column.addWidget(part)
        self.way.changed.connect(self._show)
        self.passphrase.typed.connect(self._judge)
        self._show()

    def chosen(self) -> str | None:
        """The passphrase, or None when the keychain keeps the key."""
        return self.passphrase.text() if self.way.read() == "passphrase" else None

    def complaint(self) -> QWidget | None:
        if self.chosen() is None:
            return None
        short = len(self.passphrase.text().strip()) < SHORTEST_PASSPHRASE
        self.passphrase.set_error(
            f"Il faut au moins {SHORTEST_PASSPHRASE} signes : quatre mots sans rapport entre eux suffisent."
            if short
            else ""
        )
        same = self.passphrase.text() == self.repeat.text()
        self.repeat.set_error("" if short or same else "Les deux phrases ne sont pas les mêmes. Retapez la seconde.")
        return _first_wrong(self.passphrase, self.repeat)

    def forget(self) -> None:
        self.passphrase.forget()
        self.repeat.forget()

    def first_editor(self) -> QWidget | None:
        return self.way if self._keychain else self.passphrase.line

    def _show(self) -> None:
        by_system = self.way.read() == "keychain"
        self.secrets.setVisible(not by_system)
        self.about.setText(
            "Le trousseau du système garde la clé : rien à taper au démarrage, et personne d’autre que vous "
            "ne l’ouvre sans votre mot de passe de session."
            if by_system
            else "Elle sera demandée à chaque démarrage. Personne ne peut la retrouver à votre place."
        )
        self._judge(self.passphrase.text())

    def _judge(self, text: str) -> None:
        length = len(text.strip())
        if not text:
            words = "Conseil : quatre mots sans rapport entre eux, comme une petite histoire."
        elif length < SHORTEST_PASSPHRASE:
            words = f"{length} signes sur {SHORTEST_PASSPHRASE} au moins."
        elif len(set(fold(text))) < SHORTEST_PASSPHRASE // 2:
            words = "Assez longue, mais très répétitive : variez les mots."
        else:
            words = "Assez longue."
        self.hint.setText(words)


class RecoveryPage(Page):
    """The recovery sheet, once; nothing starts before it is said to be kept."""

    title = "Votre feuille de secours"
    sentence = (
        "Imprimez-la ou enregistrez-la ailleurs que sur cet ordinateur, puis rangez-la sous clé. Sans elle et sans "
        "ce qui ouvre la base aujourd’hui, personne ne pourra jamais relire vos données."
    )
    view_asked = Signal()
    save_asked = Signal()
    kept = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = Button("Voir et imprimer", icon="printer", size="large")
        self.save = Button("Enregistrer en PDF…", icon="download", size="large")
        self.check = CheckBox("J’ai imprimé ou enregistré la feuille de secours")
        self.view.clicked.connect(self.view_asked)
        self.save.clicked.connect(self.save_asked)
        self.check.toggled.connect(self.kept)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.view)
        row.addWidget(self.save)
        self.told = Label(role="small", tone="success")
        row.addWidget(self.told, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.check)

    def first_editor(self) -> QWidget | None:
        return self.view

    def say_saved(self) -> None:
        """The file is on the disk; the box stays for the person to tick."""
        self.told.setText("Feuille enregistrée.")


def typed(field: Field) -> str:
    """What a line says, without blanks around it."""
    return _line(field).text().strip()


def _line(field: Field) -> QLineEdit:
    assert isinstance(field.editor, QLineEdit)
    return field.editor


def _clear_when_typed(*fields: Field) -> None:
    for field in fields:
        _line(field).textEdited.connect(partial(_clear, field))


def _clear(field: Field, _text: str) -> None:
    if field.error():
        field.set_error("")


def _first_wrong(*fields: Field) -> QWidget | None:
    return next((field.editor for field in fields if field.error()), None)


def answer(field: Field, form: Form, key: str) -> str | None:
    """The stored form of a line, or None when it is empty; its error is shown beside it."""
    try:
        read = values.read(form.field(key), typed(field))
    except UserError as error:
        field.set_error(str(error))
        return None
    field.set_error("" if read or not form.field(key).required else f"{form.field(key).label} : à remplir.")
    return str(read) if read else None


def _communes(text: str) -> Found:
    return [(commune.code, commune.label) for commune in reference().search_communes(text)]


def _commune_label(code: str) -> str:
    found = reference().commune(code)
    return found.label if found else ""
