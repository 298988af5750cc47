"""A prepared e-mail: the sheet attached, nobody named outside it, nothing without the agreement of the person."""

import io
import uuid
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from boutique.core.errors import UserError
from boutique.models.choices import ConsentMode, ReferralStatus
from boutique.models.referral import Partner
from boutique.services import mailing, referrals, undo
from boutique.services.intakes import Saved
from boutique.services.papers import referral as referral_papers
from boutique.services.workspace import Workspace
from tests.services.filling import refer

S = ReferralStatus


def address(workspace: Workspace, partner_id: uuid.UUID, written: str | None) -> None:
    def write(session: Session) -> None:
        session.get_one(Partner, partner_id).email = written

    workspace.write("Adresse", write)


def message(workspace: Workspace, referral_id: uuid.UUID) -> EmailMessage:
    content = workspace.read(mailing.letter, referral_id).content
    return message_from_bytes(content, policy=default)


def test_the_message_carries_the_sheet_and_names_nobody_itself(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    address(workspace, cma, "accueil@cma.exemple.fr")
    (made,) = refer(workspace, saved, cma)
    found = message(workspace, made)
    assert (found["To"], found["X-Unsent"]) == ("accueil@cma.exemple.fr", "1")
    assert found["Subject"] == "Orientation O-2026-0001 : Boutique du Ternois"
    body = found.get_body()
    assert body is not None
    text = body.get_content()
    assert "coupon-réponse" in text
    assert "Nadia B." in text
    for personal in ("Zoé", "Martin", "boulangerie", "06 12", "zoe@", "Frévent"):
        assert personal not in text + found["Subject"]
    (sheet,) = found.iter_attachments()
    assert (sheet.get_filename(), sheet.get_content_type()) == ("orientation-O-2026-0001.pdf", "application/pdf")
    printed = PdfReader(io.BytesIO(sheet.get_content())).pages[0].extract_text()
    assert "Zoé Martin" in printed
    assert "Fiche envoyée par e-mail." in printed


@pytest.mark.parametrize(
    "written",
    [
        None, "", "pas une adresse", "a@exemple.fr\r\nBcc: voleur@exemple.com", "a@exemple.fr\nSubject: x",
        "a@exemple.fr, b@exemple.fr", "a@exemple.fr;b@exemple.fr", "Nom <a@exemple.fr>",
        "a@exemple.fr?bcc=b@exemple.fr",
    ],
)  # fmt: skip
def test_an_address_that_is_not_one_address_is_left_out(
    workspace: Workspace, saved: Saved, cma: uuid.UUID, written: str | None
) -> None:
    address(workspace, cma, written)
    (made,) = refer(workspace, saved, cma)
    letter = workspace.read(mailing.letter, made)
    assert letter.address == ""
    found = message(workspace, made)
    assert found["To"] is None
    assert sorted(key.lower() for key in found) == [
        "content-type", "mime-version", "subject", "x-unsent",
    ]  # fmt: skip


def test_the_copy_is_private_is_not_kept_as_a_document_and_goes_with_the_base(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    (made,) = refer(workspace, saved, cma)
    _letter, key, path = mailing.open_letter(workspace, made)
    assert path.suffix == ".eml"
    assert "O-2026" not in str(path)
    path.chmod(0o600)
    path.write_bytes(b"changed by the mail program")
    assert workspace.copies.changed() == ()
    assert workspace.copies.is_open(key)
    workspace.copies.wipe()
    assert not path.exists()


def test_sent_it_is_dated_with_its_way_and_undone(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> None:
    (made,) = refer(workspace, saved, cma)
    workspace.write("Envoyer", mailing.sent, made, "accueil@cma.exemple.fr")
    (line,) = workspace.read(referrals.listing, saved.case_id)
    assert line.status is S.SENT
    assert line.events[0] == "24/11/2026 · Envoyée — par e-mail à accueil@cma.exemple.fr"
    workspace.write("Annulation", undo.undo)
    assert workspace.read(referrals.listing, saved.case_id)[0].status is S.HANDED
    workspace.write("Prise en charge", referrals.set_status, made, S.TAKEN_UP)
    workspace.write("Envoyer", mailing.sent, made, "")
    assert workspace.read(referrals.listing, saved.case_id)[0].status is S.TAKEN_UP
    workspace.write("Annuler", referrals.set_status, made, S.CANCELLED)
    with pytest.raises(UserError, match="est annulée"):
        mailing.open_letter(workspace, made)


def test_without_agreement_nothing_is_printed_mailed_or_exported_and_what_to_do_is_said(
    workspace: Workspace, saved: Saved, cma: uuid.UUID
) -> None:
    (made,) = refer(workspace, saved, cma, consent=None)
    for use_case, asked in (
        (referral_papers.referral_sheet, made),
        (referral_papers.by_reference, "O-2026-0001"),
        (referral_papers.last_sheet, saved.case_id),
        (mailing.letter, made),
    ):
        with pytest.raises(UserError, match=r"recueillez(-le)? d’abord"):
            workspace.read(use_case, asked)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="l’accord de la personne"):
        mailing.open_letter(workspace, made)
    with pytest.raises(UserError, match="Recueillez-le avant de transmettre"):
        workspace.write("Envoyer", mailing.sent, made, "")
    assert workspace.copies.count == 0
    assert workspace.read(referrals.listing, saved.case_id)[0].status is S.PREPARED
    workspace.write("Accord", referrals.give_consent, made, ConsentMode.SIGNED)
    assert message(workspace, made)["Subject"]
