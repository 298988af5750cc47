"""Attestations: that a person is accompanied, or came to one interview. Never what was said."""

from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, Spacer

from boutique.core.french import plural, show_date, show_minutes
from boutique.exports.letterhead import Letterhead
from boutique.exports.pdf.answers import pairs
from boutique.exports.pdf.page import Masthead, Pages, Span, build, para
from boutique.exports.pdf.page import day as day_in_words
from boutique.exports.pdf.tables import signatures

_USE = "Attestation établie à la demande de la personne, pour servir et faire valoir ce que de droit."


@dataclass(frozen=True, slots=True)
class Certificate:
    """What both say: for whom, by whom, where."""

    letterhead: Letterhead
    printed_on: date
    reference: str
    person: str
    counsellor: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class Support(Certificate):
    """Attestation d’accompagnement; `ended_on` empty while it goes on."""

    opened_on: date | None = None
    ended_on: date | None = None
    interviews: int = 0
    minutes: int = 0
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Presence(Certificate):
    """Attestation de présence at an interview or a workshop; times that are not known are left to be written.

    `dates` says which days, where there are several.
    """

    activity: str = "Entretien d’accompagnement"
    held_on: date | None = None
    dates: str = ""
    times: str = ""
    minutes: int = 0
    place: str = ""


def render(data: Support | Presence) -> bytes:
    """The certificate as a PDF."""
    return build(*story(data))


def story(data: Support | Presence) -> Pages:
    """What the page is made of, alone or among many."""
    kind = "Attestation d’accompagnement" if isinstance(data, Support) else "Attestation de présence"
    body = _support(data) if isinstance(data, Support) else _presence(data)
    where = f"Fait à {data.town}, le {day(data.printed_on)}." if data.town else f"Fait le {day(data.printed_on)}."
    parts: list[Flowable] = [
        *para(kind, "title"),
        Spacer(0, 14),
        *body,
        Spacer(0, 10),
        *para(_USE),
        Spacer(0, 10),
        *para(where),
        Spacer(0, 10),
        *signatures("", [(data.counsellor or "Pour la structure", "Signature et cachet de la structure")]),
    ]
    return Masthead(data.letterhead, kind, data.reference, data.printed_on), parts


def day(value: date) -> str:
    """A date that is not cut at the end of a line."""
    return day_in_words(value).replace(" ", "\u00a0")


def _support(data: Support) -> list[Flowable]:
    since = f" depuis le {day(data.opened_on)}" if data.opened_on else ""
    if data.opened_on and data.ended_on:
        since = f" du {day(data.opened_on)} au {day(data.ended_on)}"
    verb = " a été" if data.ended_on else " est"
    text = [
        Span(f"{data.letterhead.name or 'La structure'} atteste que "),
        Span(data.person, strong=True),
        Span(f"{verb} accompagné·e{since} dans son projet de création ou de reprise d’entreprise."),
    ]
    story: list[Flowable] = [*para(text), Spacer(0, 8)]
    if data.interviews:
        last = f", le dernier le {day(data.last_on)}" if data.last_on else ""
        lasting = f" ({show_minutes(data.minutes)} en tout)" if data.minutes else ""
        held = f"{plural(data.interviews, 'entretien')} {'ont' if data.interviews > 1 else 'a'} eu lieu"
        last = last if data.interviews > 1 else f" le {day(data.last_on)}" if data.last_on else ""
        story += para(f"À ce jour, {held}{lasting}{last}.")
    return story


def _presence(data: Presence) -> list[Flowable]:
    text = [
        Span(f"{data.letterhead.name or 'La structure'} atteste que "),
        Span(data.person, strong=True),
        Span(" était présent·e à :"),
    ]
    return [
        *para(text),
        Spacer(0, 8),
        *pairs([
            ("Intitulé", data.activity),
            ("Dates" if data.dates else "Date", data.dates or (show_date(data.held_on) if data.held_on else "")),
            ("Heures de début et de fin", data.times),
            ("Durée", show_minutes(data.minutes) if data.minutes else ""),
            ("Lieu", data.place),
            ("Assuré par", data.counsellor),
        ]),
    ]  # fmt: skip
