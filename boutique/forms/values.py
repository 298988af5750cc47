"""From what is typed to what is stored, and back: the only conversion, used by editors, imports and documents."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import email_validator
from stdnum.fr import siren, siret

from boutique.core import clock, french
from boutique.core.errors import UserError
from boutique.core.text import clean, stacked_marks
from boutique.models.choices import Choice
from boutique.models.fields import Field, Kind

_INTEGER = re.compile(r"-?[0-9]{1,12}")
_COMMUNE = re.compile(r"[0-9][0-9AB][0-9]{3}")
_NAF = re.compile(r"[0-9]{2}\.[0-9]{2}[A-Z]")
_MAIL_LINK = re.compile(r"mailto:\s*", re.IGNORECASE)
_LONGEST_CODES = 400  # what their column holds
_LIST = re.compile(r"\s*[,;|]\s*")


def read(field: Field, typed: Any) -> Any:
    """The typed value of an answer, or None; UserError with a French sentence when it cannot be one."""
    if typed is None or typed == "" or typed == ():
        return None
    if not isinstance(typed, str):
        return _checked(field, typed)
    text = clean(typed, lines=field.kind is Kind.LONG_TEXT)
    if not text:
        return None
    reader = _READERS.get(field.kind)
    return _checked(field, reader(field, text) if reader else text)


def show(field: Field, value: Any) -> str:
    """The value as documents and lists show it; an em dash is the caller's choice for nothing."""
    if value is None:
        return ""
    writer = _WRITERS.get(field.kind)
    return writer(value) if writer else str(value)


def _text(field: Field, text: str) -> str:
    if len(text) > field.max_length:
        raise UserError(
            f"Ce texte a {french.show_number(len(text))} caractères ; « {field.label} » en accepte "
            f"{french.show_number(field.max_length)}. Raccourcissez-le : rien n’a été coupé."
        )
    if stacked_marks(text):
        raise UserError("Ce texte empile des signes sur une même lettre. Retapez-le.")
    return text


def _email(_field: Field, text: str) -> str:
    try:
        return email_validator.validate_email(_MAIL_LINK.sub("", text), check_deliverability=False).normalized
    except email_validator.EmailNotValidError:
        raise UserError("Cette adresse e-mail n’est pas complète. Exemple : prenom@exemple.fr.") from None


def _integer(field: Field, text: str) -> int:
    compact = text.replace(" ", "")
    if not _INTEGER.fullmatch(compact):
        raise UserError(f"« {field.label} » attend un nombre entier.")
    return int(compact)


def _siren(_field: Field, text: str) -> str:
    compact = text.replace(" ", "")
    if not siren.is_valid(compact):
        raise UserError("Ce SIREN n’est pas valable : neuf chiffres, dont une clé de contrôle. Vérifiez-le.")
    return str(siren.compact(compact))


def _siret(_field: Field, text: str) -> str:
    compact = text.replace(" ", "").replace("\u00a0", "").replace(".", "")
    if not siret.is_valid(compact):  # the establishments of La Poste have a key of their own: the library knows it
        raise UserError("Ce SIRET n’est pas valable : quatorze chiffres, dont une clé de contrôle. Vérifiez-le.")
    return str(siret.compact(compact))


def _choice(field: Field, text: str) -> Choice:
    assert field.choices is not None
    for choice in field.choices:
        if text in (choice.value, clean(choice.label)):
            return choice
    raise UserError(f"« {text[:60]} » n’est pas dans la liste de « {field.label} ».")


def _choices(field: Field, text: str) -> tuple[Choice, ...]:
    return tuple(_choice(field, part) for part in _LIST.split(text) if part)


def _codes(_field: Field, text: str) -> tuple[str, ...]:
    return tuple(part for part in _LIST.split(text) if part)


def _yes_no(field: Field, text: str) -> bool:
    if text.lower() not in ("oui", "non"):
        raise UserError(f"« {field.label} » attend oui ou non.")
    return text.lower() == "oui"


def _commune(_field: Field, text: str) -> str:
    if not _COMMUNE.fullmatch(text):
        raise UserError("Cette commune n’est pas reconnue. Choisissez-la dans la liste.")
    return text


def _naf(_field: Field, text: str) -> str:
    if not _NAF.fullmatch(text):
        raise UserError("Cette activité n’est pas reconnue. Choisissez une ligne de la liste.")
    return text


def _date(field: Field, text: str) -> date:
    return french.parse_date(text, today=clock.today(), past=field.past)


def _amount(_field: Field, text: str) -> int:
    return french.parse_amount(text)


def _phone(_field: Field, text: str) -> str:
    return french.parse_phone(text)


def _checked(field: Field, value: Any) -> Any:
    if field.kind in (Kind.INTEGER, Kind.EUROS) and not field.minimum <= value <= field.maximum:
        raise UserError(
            f"« {field.label} » va de {french.show_number(field.minimum)} à {french.show_number(field.maximum)}."
        )
    if field.kind is Kind.DATE and field.past and value > clock.today():
        raise UserError(f"Le {french.show_date(value)} est dans le futur. Vérifiez la date.")
    if field.kind is Kind.CHOICES:  # a draft gives codes back, a form gives choices
        return tuple(_choice(field, item) for item in value) or None
    if field.kind is Kind.CODES:
        if sum(len(code) + 1 for code in value) > _LONGEST_CODES:
            raise UserError(f"« {field.label} » ne peut pas en contenir autant. Gardez l’essentiel.")
        return tuple(value) or None
    return value


_READERS: dict[Kind, Callable[[Field, str], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.DATE: _date,
    Kind.INTEGER: _integer,
    Kind.EUROS: _amount,
    Kind.SIREN: _siren,
    Kind.SIRET: _siret,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.CODES: _codes,
    Kind.YES_NO: _yes_no,
    Kind.COMMUNE: _commune,
    Kind.NAF: _naf,
}
_WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.PHONE: french.show_phone,
    Kind.DATE: french.show_date,
    Kind.INTEGER: french.show_number,
    Kind.EUROS: french.show_amount,
    Kind.CHOICE: lambda value: str(value.label),
    Kind.CHOICES: lambda value: ", ".join(item.label for item in value),
    Kind.CODES: ", ".join,
    Kind.YES_NO: lambda value: "Oui" if value else "Non",
}
