"""Return slips: filled by any program, they are recorded; what is not ours, altered or used again is refused."""

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boutique.core.clock import today
from boutique.core.errors import UserError
from boutique.exports import pictures
from boutique.models.choices import ReferralStatus
from boutique.models.referral import Referral
from boutique.rules.lists import load_refusal_reasons
from boutique.services import attachments, reader, referrals, slips, undo
from boutique.services.attaching import Source
from boutique.services.intakes import Saved
from boutique.services.papers import referral as referral_papers
from boutique.services.slips import Answer, Confirmed
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY, new_workspace
from tests.services.filling import add_partner, on, open_file, refer
from tests.services.slip_filling import TICK, by_pikepdf, by_pypdf, flattened, scanned

TAKEN = {"taken_up": TICK, "appointment_on": "01/12/2026", "answered_by": "Mme Durand", "comment": "Dossier à apporter"}
Filler = Callable[[bytes, dict[str, str]], bytes]
S = ReferralStatus


@pytest.fixture
def made(workspace: Workspace, saved: Saved, cma: uuid.UUID) -> uuid.UUID:
    (referral_id,) = refer(workspace, saved, cma)
    return referral_id


@pytest.fixture
def sheet(workspace: Workspace, made: uuid.UUID) -> bytes:
    return workspace.read(referral_papers.referral_sheet, made).content


def read(workspace: Workspace, content: bytes, name: str = "coupon.pdf", case_id: uuid.UUID | None = None) -> Answer:
    reading = slips.read(workspace, Source(name, content=content), case_id)
    assert reading.refusal == ""
    assert reading.answer is not None
    return reading.answer


def refusal(workspace: Workspace, content: bytes, case_id: uuid.UUID | None = None) -> str:
    reading = slips.read(workspace, Source("coupon.pdf", content=content), case_id)
    assert reading.answer is None
    return reading.refusal


def confirm(workspace: Workspace, answer: Answer) -> None:
    assert answer.referral_id is not None
    assert answer.proposed.status is not None
    proposed = answer.proposed
    decided = Confirmed(answer.proposed.status, proposed.on, proposed.refusal_code, proposed.note)
    slips.record(workspace, answer, answer.referral_id, decided)


def line(workspace: Workspace, saved: Saved) -> referrals.ReferralLine:
    return workspace.read(referrals.listing, saved.case_id)[0]


@pytest.mark.parametrize("fill", [by_pypdf, by_pikepdf])
def test_a_filled_slip_is_proposed_then_recorded_and_kept_with_the_documents(
    workspace: Workspace, saved: Saved, sheet: bytes, fill: Filler
) -> None:
    with on(date(2026, 11, 28)):
        answer = read(workspace, fill(sheet, TAKEN), "document renommé (2).PDF")
        assert (answer.reference, answer.partner, answer.person) == ("O-2026-0001", "CMA du Ternois", "Zoé Martin")
        assert (answer.proposed.status, answer.proposed.on) == (S.TAKEN_UP, date(2026, 11, 28))
        assert answer.proposed.remarks == ()
        assert line(workspace, saved).status is S.HANDED
        confirm(workspace, answer)
    found = line(workspace, saved)
    assert found.status is S.TAKEN_UP
    assert found.events[0] == (
        "28/11/2026 · Prise en charge — Rendez-vous le 01/12/2026 · Dossier à apporter · Répondu par Mme Durand"
    )
    (kept,) = workspace.read(attachments.listing, saved.case_id).lines
    assert (kept.name, kept.kind_code) == ("Coupon-réponse O-2026-0001 du 2026-11-28.pdf", "COURRIER")


def test_one_undo_takes_back_the_answer_and_the_document_and_the_slip_serves_again(
    workspace: Workspace, saved: Saved, sheet: bytes
) -> None:
    filled = by_pypdf(sheet, TAKEN)
    confirm(workspace, read(workspace, filled))
    assert workspace.write("Annulation", undo.undo) == "Coupon-réponse : prise en charge"
    assert line(workspace, saved).status is S.HANDED
    assert workspace.read(attachments.listing, saved.case_id).lines == ()
    confirm(workspace, read(workspace, filled))


@pytest.mark.parametrize(
    ("filled", "status", "code", "note"),
    [
        ({"refused": TICK, "refusal_reason": "TROP_TOT"}, S.REFUSED, "TROP_TOT", ""),
        ({"refused": TICK, "refusal_reason": "projet pas assez avance"}, S.REFUSED, "TROP_TOT", ""),
        ({"refused": TICK, "refusal_reason": "Trop loin"}, S.REFUSED, "AUTRE", "Motif : Trop loin"),
        ({"redirected": TICK, "redirected_to": "Adie"}, S.REFUSED, "MAUVAISE_STRUCTURE", "Réorientée vers Adie"),
        ({"succeeded": TICK, "taken_up": TICK}, S.SUCCEEDED, None, ""),
        ({"unreachable": TICK}, S.UNREACHABLE, None, ""),
    ],
)
def test_what_is_ticked_is_what_is_proposed(
    workspace: Workspace, sheet: bytes, filled: dict[str, str], status: ReferralStatus, code: str | None, note: str
) -> None:
    found = read(workspace, by_pikepdf(sheet, filled)).proposed
    assert (found.status, found.refusal_code, found.note, found.remarks) == (status, code, note, ())


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        ({}, "Aucune case n’est cochée"),
        ({"taken_up": TICK, "refused": TICK}, "se contredisent"),
        ({"refused": TICK}, "Le motif n’est pas dit"),
        ({"taken_up": TICK, "answered_on": "mercredi prochain peut-être"}, "Date de la réponse"),
        ({"taken_up": TICK, "answered_on": "01/12/2027"}, "dans le futur"),
        ({"taken_up": TICK, "answered_on": "01/01/2026"}, "avant l’orientation"),
    ],
)
def test_what_is_doubtful_is_said_and_left_to_the_counsellor(
    workspace: Workspace, sheet: bytes, filled: dict[str, str], told: str
) -> None:
    found = read(workspace, by_pypdf(sheet, filled)).proposed
    assert any(told in remark for remark in found.remarks)
    assert found.on == LAST_DAY


def test_a_flattened_slip_names_its_referral_and_is_typed_by_hand(
    workspace: Workspace, saved: Saved, made: uuid.UUID, sheet: bytes
) -> None:
    answer = read(workspace, flattened(by_pypdf(sheet, TAKEN)))
    assert (answer.by_hand, answer.referral_id, answer.proposed.status) == (True, made, None)
    assert "recopiez ce qu’il répond" in answer.proposed.remarks[0]
    slips.record(workspace, answer, made, Confirmed(S.SUCCEEDED, today(), note="Lu sur le papier"))
    assert line(workspace, saved).events[0].endswith("Aboutie — Lu sur le papier")
    assert len(workspace.read(attachments.listing, saved.case_id).lines) == 1


def test_a_scan_is_a_document_unless_somebody_says_what_it_answers(
    workspace: Workspace, saved: Saved, made: uuid.UUID, sheet: bytes
) -> None:
    scan = scanned(by_pypdf(sheet, TAKEN))
    assert refusal(workspace, scan) == ""
    answer = read(workspace, scan, "scan.pdf", saved.case_id)
    assert (answer.by_hand, answer.referral_id) == (True, None)
    assert workspace.read(slips.choices, saved.case_id) == ((made, "CMA du Ternois · O-2026-0001"),)
    slips.record(workspace, answer, made, Confirmed(S.UNREACHABLE, today()))
    assert workspace.read(slips.choices, saved.case_id) == ()
    photo = slips.read(workspace, Source("photo.jpg", content=b"\xff\xd8\xff"), saved.case_id).answer
    assert photo is not None
    assert photo.by_hand


def test_a_truncated_slip_is_refused(workspace: Workspace, saved: Saved, sheet: bytes) -> None:
    filled = by_pypdf(sheet, TAKEN)
    for share in (0.3, 0.6, 0.9, 0.99):
        told = refusal(workspace, filled[: int(len(filled) * share)], saved.case_id)
        assert "abîmé ou incomplet" in told
    assert "abîmé ou incomplet" in refusal(workspace, filled[: int(len(filled) * 0.95)])


def test_a_slip_of_another_base_is_refused(workspace: Workspace, made: uuid.UUID, tmp_path: Path) -> None:
    other = new_workspace(tmp_path / "other")
    theirs = open_file(other, "Ali", "Ben", needs=())
    (referral_id,) = refer(other, theirs, add_partner(other, "CMA du Ternois", "CMA"))
    sheet = other.read(referral_papers.referral_sheet, referral_id).content
    other.close()
    assert "vient d’une autre base" in refusal(workspace, by_pypdf(sheet, TAKEN))


def test_an_altered_slip_is_refused(workspace: Workspace, saved: Saved, made: uuid.UUID, sheet: bytes) -> None:
    bge = add_partner(workspace, "BGE", "BGE")
    refer(workspace, saved, bge)
    assert "a été modifié" in refusal(workspace, by_pikepdf(sheet, {**TAKEN, "reference": "O-2026-0002"}))
    assert "Il n’y a pas d’orientation « O-2026-0099 »" in refusal(
        workspace, by_pikepdf(sheet, {"reference": "O-2026-0099"})
    )
    assert "n’a plus son cachet" in refusal(workspace, by_pikepdf(sheet, {**TAKEN, "seal": ""}))
    assert "n’a plus son cachet" in refusal(workspace, by_pikepdf(sheet, {**TAKEN, "seal": "1.2.3"}))
    assert {one.status for one in workspace.read(referrals.listing, saved.case_id)} == {S.HANDED}


def test_a_slip_made_for_another_structure_is_refused(workspace: Workspace, made: uuid.UUID, sheet: bytes) -> None:
    other = add_partner(workspace, "BGE", "BGE")
    workspace.write("Changer", lambda session: setattr(session.get_one(Referral, made), "partner_id", other))
    assert "fait pour une autre structure que BGE" in refusal(workspace, by_pypdf(sheet, TAKEN))


def test_a_slip_used_already_or_of_a_cancelled_referral_is_refused(
    workspace: Workspace, made: uuid.UUID, sheet: bytes
) -> None:
    filled = by_pypdf(sheet, TAKEN)
    answer = read(workspace, filled)
    confirm(workspace, answer)
    assert "a déjà servi : l’orientation O-2026-0001 est « prise en charge » le 24/11/2026" in refusal(
        workspace, filled
    )
    with pytest.raises(UserError, match="a déjà servi"):  # two windows, the same slip
        confirm(workspace, answer)
    confirm(workspace, read(workspace, by_pypdf(sheet, {"succeeded": TICK})))  # what followed, on the same slip
    assert "a déjà servi" in refusal(workspace, by_pypdf(sheet, {"refused": TICK}))
    workspace.write("Annuler", referrals.set_status, made, S.CANCELLED)
    assert "a été annulée" in refusal(workspace, filled)


def test_a_slip_that_comes_after_the_expiry_reopens_the_referral(
    workspace: Workspace, saved: Saved, made: uuid.UUID, sheet: bytes
) -> None:
    workspace.write("Expirer", referrals.set_status, made, S.EXPIRED)
    answer = read(workspace, by_pypdf(sheet, TAKEN))
    assert answer.proposed.remarks == ("Cette orientation avait expiré : la réponse la rouvre.",)
    confirm(workspace, answer)
    assert line(workspace, saved).status is S.TAKEN_UP


def test_a_slip_brought_to_another_file_says_so(workspace: Workspace, sheet: bytes) -> None:
    other = open_file(workspace, "Ali", "Ben")
    assert "qui est dans un autre dossier" in refusal(workspace, by_pypdf(sheet, TAKEN), other.case_id)


def test_what_is_no_slip_goes_its_way(workspace: Workspace, tmp_path: Path) -> None:
    for content in (b"%PDF-1.4 rubbish", b"hello", b"\x00" * 50, b"%PDF-1.4\n%%EOF"):
        assert refusal(workspace, content) == ""
    assert slips.read(workspace, Source("gone.pdf", tmp_path / "gone.pdf")).answer is None


WORDS = st.text(max_size=150)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.sampled_from([TICK, "/Off"]) for name in ("taken_up", "refused", "succeeded", "redirected")},
        "unreachable": st.sampled_from([TICK, "/Off"]),
        "refusal_reason": st.one_of(WORDS, st.sampled_from(sorted(load_refusal_reasons()))),
        **dict.fromkeys(("appointment_on", "redirected_to", "answered_by", "answered_on", "comment"), WORDS),
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filled=FIELDS)
def test_any_slip_is_either_recorded_as_proposed_or_completed_by_the_counsellor(
    workspace: Workspace, saved: Saved, made: uuid.UUID, sheet: bytes, monkeypatch: pytest.MonkeyPatch,
    filled: dict[str, str],
) -> None:  # fmt: skip
    """The process apart is this one, for sixty slips to take seconds."""
    monkeypatch.setattr(reader, "read_form", lambda content: reader.Form(**pictures.form(content)))
    answer = read(workspace, by_pikepdf(sheet, filled))
    proposed = answer.proposed
    assert answer.referral_id == made
    assert saved.case_id == answer.case_id
    assert LAST_DAY >= proposed.on >= LAST_DAY
    assert len(proposed.note) <= 1000
    assert not any(sign in proposed.note for sign in "\x00\r\n\u202e")
    missing = proposed.status is None or (proposed.status is S.REFUSED and proposed.refusal_code is None)
    assert bool(proposed.remarks) >= missing
    if not missing:
        confirm(workspace, answer)
        assert line(workspace, saved).status is proposed.status
        workspace.write("Annulation", undo.undo)
    assert line(workspace, saved).status is S.HANDED


def test_a_slip_that_is_too_large_or_too_slow_to_read_is_refused(
    workspace: Workspace, saved: Saved, sheet: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    heavy = by_pypdf(sheet, TAKEN) + bytes(26 * 1024 * 1024)
    assert "la limite est de 25 Mo" in refusal(workspace, heavy, saved.case_id)
    monkeypatch.setattr(reader, "SECONDS", 0.001)
    assert "abîmé ou incomplet" in refusal(workspace, by_pypdf(sheet, TAKEN), saved.case_id)
