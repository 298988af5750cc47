"""A referral sheet in a prepared e-mail, which the mail program of the computer shows and the counsellor sends.

The subject and the body name nobody: what the person agreed to pass on is in the sheet alone. The file is a private
temporary copy, wiped like those of documents.
"""

import uuid
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from pathlib import Path
from typing import BinaryIO

import email_validator
from sqlalchemy.orm import Session

from boutique.core import french
from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.models.base import new_id
from boutique.models.choices import ReferralStatus
from boutique.models.directory import PartnerContact
from boutique.models.referral import Partner, Referral
from boutique.services import answers as answers_service
from boutique.services import referrals
from boutique.services.documents import counsellor_of, letterhead
from boutique.services.papers import referral as referral_papers
from boutique.services.partner_names import shown_name
from boutique.services.workspace import Workspace

_WAITING = (
    ReferralStatus.PREPARED,
    ReferralStatus.HANDED,
    ReferralStatus.SENT,
    ReferralStatus.RECEIVED,
    ReferralStatus.EXPIRED,
)
_DELIVERY = "Fiche envoyée par e-mail."
NO_AGREEMENT = (
    "Rien ne part sans l’accord de la personne : recueillez-le d’abord (menu de l’orientation, « Accord recueilli »)."
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to be sent; `address` is empty when the directory has none that is usable."""

    reference: str
    partner: str
    address: str
    content: bytes


def letter(session: Session, referral_id: uuid.UUID) -> Letter:
    """The message with its sheet; refused without the recorded agreement of the person."""
    referral = referrals.referral_of(session, referral_id)
    if referral.consent_on is None:
        raise UserError(NO_AGREEMENT)
    if referral.status is ReferralStatus.CANCELLED:
        raise UserError(f"L’orientation {referral.reference} est annulée : faites-en une nouvelle pour l’envoyer.")
    partner = session.get_one(Partner, referral.partner_id)
    sheet = referral_papers.referral_sheet(session, referral_id, delivery=_DELIVERY)
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    contact = session.get(PartnerContact, referral.contact_id) if referral.contact_id else None
    address = _usable(contact.email if contact else None) or _usable(partner.email)
    if address:
        message["To"] = Address(addr_spec=address)
    message["Subject"] = f"Orientation {referral.reference} : {_one_line(letterhead(session).name)}"
    message.set_content(_body(session, referral))
    message.add_attachment(sheet.content, maintype="application", subtype="pdf", filename=sheet.file_name)
    return Letter(referral.reference, shown_name(session, partner), address, bytes(message))


def open_letter(workspace: Workspace, referral_id: uuid.UUID) -> tuple[Letter, uuid.UUID, Path]:
    """A private copy for the mail program, new each time; its key drops it."""
    made, key = workspace.read(letter, referral_id), new_id()
    return made, key, workspace.copies.make(key, "eml", partial(_write, made.content), watched=False)


def sent(session: Session, referral_id: uuid.UUID, address: str) -> None:
    """The message was handed to the mail program: the referral is « envoyée » unless its partner answered already."""
    referral = referrals.referral_of(session, referral_id)
    if referral.status in _WAITING:
        note = f"par e-mail à {address}" if address else "par e-mail"
        referrals.set_status(session, referral_id, ReferralStatus.SENT, on=today(), note=note)


def _write(content: bytes, stream: BinaryIO) -> None:
    stream.write(content)


def _usable(written: str | None) -> str:
    """The address of the contact or of the partner, alone; anything that could name somebody else is left out."""
    try:
        return email_validator.validate_email((written or "").strip(), check_deliverability=False).ascii_email or ""
    except email_validator.EmailNotValidError:
        return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _body(session: Session, referral: Referral) -> str:
    case = answers_service.case_of(session, referral.case_id)
    counsellor = counsellor_of(session, referral.counsellor_id or case.counsellor_id)
    until = f" avant le {french.long_date(referral.expected_on)}" if referral.expected_on else ""
    asked = (
        f"Vous trouverez ci-jointe la fiche d’orientation {referral.reference}, transmise avec l’accord de la personne "
        "et pour ce seul motif."
    )
    answer = (
        f"Merci de nous répondre{until} : le coupon-réponse, au bas de la fiche, se remplit à l’écran. "
        "Enregistrez le PDF puis renvoyez-le en réponse à ce message."
    )
    wrong = "Si cette demande ne vous concerne pas, dites-le-nous et supprimez ce message."
    signature = (counsellor["name"], letterhead(session).name, counsellor["phone"], counsellor["email"])
    signed = "\n".join(_one_line(line) for line in signature if line)
    return "\n\n".join(("Bonjour,", asked, answer, wrong, f"Cordialement,\n{signed}")) + "\n"
