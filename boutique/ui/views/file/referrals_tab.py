"""Orientations: needs, the structures that may answer them, the referral being made, those already made."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from boutique.core import clock, french
from boutique.models.choices import ConsentMode, ReferralStatus
from boutique.rules.partners import load_partner_types
from boutique.services import addressees, earlier, outside, people, proposals, referrals, reminders, slips
from boutique.services.directory import PartnerRow
from boutique.services.documents import Document
from boutique.services.earlier import Earlier
from boutique.services.outside import Override
from boutique.services.papers import referral as referral_papers
from boutique.services.people import FileHeader
from boutique.services.proposals import Proposal, Proposals
from boutique.services.referrals import NeedLine, ReferralLine
from boutique.services.slips import Answer, Confirmed
from boutique.ui.desk import Desk
from boutique.ui.forms.tab_order import follow
from boutique.ui.slip_queue import SlipQueue
from boutique.ui.theme.manager import theme
from boutique.ui.views.file.earlier_card import EarlierCard
from boutique.ui.views.file.need_chips import NeedChips
from boutique.ui.views.file.partner_pick import PartnerPick
from boutique.ui.views.file.referral_card import ProposalCard
from boutique.ui.views.file.referral_done import DoneCard
from boutique.ui.views.file.referral_mail import ReferralMail
from boutique.ui.views.file.referral_panel import ReferralPanel
from boutique.ui.views.file.slip_panel import SlipPanel
from boutique.ui.views.file.tab import Tab
from boutique.ui.widgets.button import GhostButton
from boutique.ui.widgets.columns import Columns
from boutique.ui.widgets.emptying import empty
from boutique.ui.widgets.icon import Icon
from boutique.ui.widgets.label import Label

_USUAL_DELAY = 15
_BESIDES = 130  # the word « Besoin » and the spaces between the parts of the head


class ReferralsTab(Tab):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._needs: tuple[NeedLine, ...] = ()
        self._found: Proposals | None = None
        self._picked: dict[uuid.UUID, Proposal] = {}
        self._overrides: dict[uuid.UUID, Override] = {}
        self._chosen: list[uuid.UUID] = []
        self._reminders: tuple[int, ...] = ()
        self._slips: SlipQueue | None = None
        self._cards: list[ProposalCard] = []
        self.chips = NeedChips()
        self.count = Label(role="small", tone="muted")
        self.all_partners = GhostButton("tout le répertoire…")
        self.all_partners.setObjectName("referral-directory")
        self.pick = PartnerPick(desk)
        self.pick.hide()
        self.earlier = EarlierCard()
        self.mail = ReferralMail(desk, self)
        self.cards, self.notes = QVBoxLayout(), QVBoxLayout()
        self.panel, self.done, self.slip = ReferralPanel(), DoneCard(), SlipPanel()
        self._lay_out()
        self._connect()

    def start_afresh(self) -> None:
        if self.slip.answer is not None and self._slips is not None:
            self._slips.abandon()
        self._needs, self._found, self._picked, self._overrides, self._chosen = (), None, {}, {}, []
        self.panel.clear()
        self.done.outcome.hide()
        self.slip.clear()
        self.pick.hide()

    def refresh(self) -> None:
        self.desk.read_latest("file.needs", referrals.needs, self.case_id, then=self._show_needs)
        self.desk.read_latest("file.reminders", reminders.reminder_days, then=self._show_reminders)
        self.desk.read_latest("file.earlier", earlier.of_person, self.case_id, then=self._show_earlier)
        self.desk.read_latest("file.proposals", proposals.proposals, self.case_id, then=self._show)
        self.desk.read_latest("file.referrals", referrals.listing, self.case_id, then=self._show_done)

    def show_slip(self, answer: Answer, slips_left: SlipQueue | None = None) -> None:
        """A return slip has come: its answer stands ready to be confirmed, those that came with it after."""
        self._slips = slips_left
        self.slip.show_answer(answer, slips_left.place if slips_left is not None else "")
        if answer.referral_id is None:
            self.desk.read(slips.choices, self.case_id, then=self.slip.show_choices)
        self.take_focus()

    def go_back(self) -> bool:
        if self.slip.isVisible():
            self.slip.give_up()
            return True
        for part in (self.pick, self.done.outcome):
            if part.isVisible():
                part.hide()
                self.take_focus()
                return True
        return False

    def focus_first(self) -> bool:
        if self.slip.isVisible():
            self.slip.take_focus()
            return True
        if self._found is None:
            return False
        first = self._cards[0].box if self._cards else self.chips.add
        first.show()
        first.setFocus()
        return True

    def can_print(self) -> bool:
        return bool(self._chosen)

    def print_and_save(self) -> None:
        """Ctrl+P: nothing that carries a name goes out without the agreement."""
        if self._may_transmit():
            self._refer(self.panel.consent(), self._print)

    def mail_and_save(self) -> None:
        """The same by e-mail: the sheet is joined to a message that the counsellor reads again and sends."""
        if self._may_transmit():
            self._refer(self.panel.consent(), self._send, handed=False)

    def _may_transmit(self) -> bool:
        if self.panel.consent() is None:
            self.panel.refuse_without_agreement()
        return self.panel.consent() is not None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._arrange_head()

    def _arrange_head(self) -> None:
        """The count of proposals stands beside the needs when they hold on one line."""
        others = self.count.sizeHint().width() + self.all_partners.sizeHint().width() + theme().px(_BESIDES)
        fits = self.chips.one_line() + others <= self._head.geometry().width()
        self._head.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)

    def _show_needs(self, lines: tuple[NeedLine, ...]) -> None:
        self._needs = lines
        self.chips.write([line.subject_code for line in lines])
        self._arrange_head()

    def show_header(self, header: FileHeader) -> None:
        self.mail.person_id = header.person_id
        self.panel.set_person(header.name)

    def _show_reminders(self, days: tuple[int, ...]) -> None:
        self._reminders = days

    def _show_earlier(self, made: tuple[Earlier, ...]) -> None:
        self.earlier.show_earlier(made, self.case_id)
        self._order_tab()

    def _open_file(self, case_id: uuid.UUID) -> None:
        self.desk.shell.show_view("file", case_id=case_id, tab="referrals")

    def _show_done(self, lines: tuple[ReferralLine, ...]) -> None:
        self.done.show_lines(lines)

    def _show(self, found: Proposals) -> None:
        self._found = found
        focused = next((card.partner_id for card in self._cards if card.box.hasFocus()), None)
        for layout in (self.cards, self.notes):
            empty(layout)
        offered = {item.partner_id for item in found.items}
        self._picked = {key: item for key, item in self._picked.items() if key not in offered}
        shown = (*self._picked.values(), *found.items)
        self._chosen = [one for one in self._chosen if one in {item.partner_id for item in shown}]
        self._cards = [self._card(item) for item in shown]
        for card in self._cards:
            self.cards.addWidget(card)
            if card.partner_id == focused:
                card.show()
                card.box.setFocus()
        self._order_tab()
        self.count.setText(french.plural(len(found.items), "proposition"))
        self._add_notes(found)
        self._show_choice()
        self.focus_if_due()

    def _order_tab(self) -> None:
        """What is made again stays where the eye finds it: earlier referrals, the directory, the cards."""
        follow(self.all_partners, (self.earlier, self.pick, *self._cards))

    def _add_notes(self, found: Proposals) -> None:
        if not found.items and not found.without_partner:
            words = "Ajoutez un besoin, complétez la fiche, ou choisissez une structure dans tout le répertoire."
            self.notes.addWidget(_note("info", words))
        for label in found.without_partner[:3]:
            place = f" pour {found.place}" if found.place else ""
            self.notes.addWidget(_note("circle-alert", f"Aucune structure du répertoire{place} : {label}."))
        for sentence in found.what_if:
            self.notes.addWidget(_note("info", sentence))

    def _card(self, item: Proposal) -> ProposalCard:
        card = ProposalCard(self.desk, item, chosen=item.partner_id in self._chosen)
        card.toggled.connect(self._toggle)
        card.answered.connect(self._answer)
        card.put_aside.connect(self._set_aside)
        card.why.write(self._overrides.get(item.partner_id))
        card.why.said.connect(self._remember)
        return card

    def _remember(self) -> None:
        """Why a structure is chosen all the same outlives the cards, which are made again after each answer."""
        said = {card.partner_id: card.override() for card in self._cards}
        self._overrides |= {key: why for key, why in said.items() if why is not None}

    def _set_aside(self, partner_id: uuid.UUID, reason: str | None) -> None:
        self._chosen = [one for one in self._chosen if one != partner_id]
        told = "Proposition écartée" if reason else "Proposition remise dans la liste"
        self.desk.write(told, proposals.set_aside, self.case_id, partner_id, reason)

    def _toggle(self, partner_id: uuid.UUID, chosen: bool) -> None:  # noqa: FBT001 - slot
        self._chosen = [one for one in self._chosen if one != partner_id] + ([partner_id] if chosen else [])
        self._show_choice()

    def _show_choice(self) -> None:
        items = {card.partner_id: card.proposal for card in self._cards}
        chosen = [items[one] for one in self._chosen]
        self.panel.show_choice([item.name for item in chosen], _expected(chosen), self._reminders)
        asked = tuple((item.partner_id, item.subject_code) for item in chosen)
        self.desk.read_latest("file.addressees", addressees.of, asked, then=self.panel.show_addressees)

    def _pick(self, row: PartnerRow) -> None:
        """A structure that the rules did not propose stands first, chosen."""
        reason = "choisie dans le répertoire" + (f" ; {row.extent}" if row.extent else "")
        known = self._found is not None and row.partner_id in {item.partner_id for item in self._found.items}
        if not known:
            self._picked[row.partner_id] = Proposal(
                partner_id=row.partner_id,
                name=row.name,
                type_code=row.type_code,
                type_label=row.type_label,
                place=row.place,
                reasons=(reason,),
                grounds=(),
                rank=0,
            )
            explain = partial(self._explain, row.partner_id)
            self.desk.read(outside.why_not, self.case_id, row.partner_id, then=explain)
        self._chosen = [one for one in self._chosen if one != row.partner_id] + [row.partner_id]
        if self._found is not None:
            self._show(self._found)
        self.panel.expectation.setFocus()

    def _explain(self, partner_id: uuid.UUID, reasons: tuple[str, ...]) -> None:
        """Why nothing proposed the structure that was picked."""
        item = self._picked.get(partner_id)
        if item is not None and self._found is not None:
            self._picked[partner_id] = replace(item, reasons=(item.reasons[0], *reasons))
            self._show(self._found)

    def _answer(self, key: str, label: str, value: Any) -> None:
        self.desk.write(f"Réponse : {label}", people.answer_one, self.case_id, key, value)

    def _add_need(self, code: str) -> None:
        self.desk.write("Besoin ajouté", referrals.add_need, self.case_id, code)

    def _remove_need(self, code: str) -> None:
        need = next((line for line in self._needs if line.subject_code == code), None)
        if need is not None:
            self.desk.write("Besoin retiré", referrals.remove_need, need.id)

    def _refer(self, consent: ConsentMode | None, then: Any, *, handed: bool = True) -> None:
        chosen = [card for card in self._cards if card.partner_id in self._chosen]
        if any(card.asks_why and card.why.refuse() for card in chosen):
            return
        overrides = {card.partner_id: why for card in chosen if (why := card.override()) is not None}
        names = [card.proposal.name for card in chosen]
        self.desk.write(
            f"Orientation vers {french.listing(names)}"[:120], referrals.refer, self.case_id, tuple(self._chosen),
            expectation=self.panel.expectation.read(), shared=self.panel.shared(), consent=consent, handed=handed,
            overrides=overrides, contacts=self.panel.addressees.chosen(), then=then, failed=self.panel.tell,
        )  # fmt: skip

    def _prepare(self) -> None:
        self._refer(self.panel.consent(), self._made, handed=False)

    def _made(self, _ids: tuple[uuid.UUID, ...]) -> None:
        self._chosen, self._picked, self._overrides = [], {}, {}
        self.panel.clear()
        self.refresh()

    def _print(self, ids: tuple[uuid.UUID, ...]) -> None:
        self._made(ids)
        self.desk.read(_sheets, ids, then=self._preview)

    def _send(self, ids: tuple[uuid.UUID, ...]) -> None:
        self._made(ids)
        self.mail.send(ids)

    def _mail_one(self, referral_id: uuid.UUID) -> None:
        self.mail.send((referral_id,))

    def _print_one(self, referral_id: uuid.UUID) -> None:
        self.desk.read(_sheets, (referral_id,), then=self._preview)

    def _preview(self, sheets: tuple[Document, ...]) -> None:
        self.wants_preview.emit(sheets)

    def _remind(self, referral_id: uuid.UUID, how: str) -> None:
        self.desk.write(f"Partenaire {how}", reminders.remind, referral_id, how)

    def _agree(self, referral_id: uuid.UUID, mode: ConsentMode) -> None:
        self.desk.write("Accord recueilli", referrals.give_consent, referral_id, mode)

    def _move(self, referral_id: uuid.UUID, status: ReferralStatus) -> None:
        self.desk.write(f"Orientation : {status.label.lower()}", referrals.set_status, referral_id, status)

    def _record(
        self, referral_id: uuid.UUID, status: ReferralStatus, on: date, code: str | None, note: str
    ) -> None:  # fmt: skip
        self.desk.write(
            f"Orientation : {status.label.lower()}", referrals.set_status, referral_id, status, on=on,
            refusal_code=code, note=note, then=self._recorded, failed=self.done.outcome.tell,
        )  # fmt: skip

    def _recorded(self, _nothing: Any) -> None:
        self.done.outcome.hide()

    def _keep_slip(self, answer: Answer, referral_id: uuid.UUID, confirmed: Confirmed) -> None:
        work = partial(slips.record, self.desk.workspace, answer, referral_id, confirmed)
        self.desk.tasks.run(work, self._slip_kept, self.slip.tell)

    def _slip_given_up(self) -> None:
        self.take_focus()
        self._next_slip(kept=False)

    def _next_slip(self, *, kept: bool) -> None:
        slips_left, self._slips = self._slips, None
        if slips_left is not None:
            slips_left.done(kept=kept)

    def _slip_kept(self, _case_id: uuid.UUID) -> None:
        self.slip.clear()
        self.take_focus()
        told = "Réponse enregistrée, coupon gardé dans Documents."
        self.desk.shell.notify(told, "success", [("Annuler", self.desk.undo)])
        self.desk.changed.emit()
        self._next_slip(kept=True)

    def _lay_out(self) -> None:
        asked, answered = QHBoxLayout(), QHBoxLayout()
        asked.setSpacing(12)
        asked.addWidget(Label("Besoin", role="heading"), 0, Qt.AlignmentFlag.AlignTop)
        asked.addWidget(self.chips, 1)
        answered.addStretch(1)
        answered.addWidget(self.count)
        answered.addWidget(self.all_partners)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addLayout(asked, 1)
        self._head.addLayout(answered)
        left, right = QWidget(), QWidget()
        main, side = QVBoxLayout(left), QVBoxLayout(right)
        for column in (main, side):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
        for layout in (self.cards, self.notes):
            layout.setSpacing(10)
        main.addLayout(self._head)
        main.addWidget(self.earlier)
        main.addWidget(self.pick)
        main.addLayout(self.cards)
        main.addLayout(self.notes)
        main.addStretch(1)
        side.addWidget(self.panel)
        side.addWidget(self.done)
        side.addStretch(1)
        self.column.addWidget(self.slip)
        self.column.addWidget(Columns(left, right, shares=(71, 39), enough=820))

    def _connect(self) -> None:
        self.chips.added.connect(self._add_need)
        self.chips.removed.connect(self._remove_need)
        self.all_partners.clicked.connect(self.pick.open)
        self.pick.picked.connect(self._pick)
        self.panel.print_asked.connect(self.print_and_save)
        self.panel.mail_asked.connect(self.mail_and_save)
        self.panel.prepare_asked.connect(self._prepare)
        self.earlier.wants_file.connect(self._open_file)
        self.done.print_asked.connect(self._print_one)
        self.done.reminded.connect(self._remind)
        self.done.mail_asked.connect(self._mail_one)
        self.done.agreed.connect(self._agree)
        self.done.moved.connect(self._move)
        self.done.outcome.recorded.connect(self._record)
        self.slip.confirmed.connect(self._keep_slip)
        self.slip.given_up.connect(self._slip_given_up)


def _sheets(session: Any, ids: tuple[uuid.UUID, ...]) -> tuple[Document, ...]:
    return tuple(referral_papers.referral_sheet(session, one) for one in ids)


def _expected(chosen: list[Proposal]) -> date | None:
    """The first answer to expect."""
    types = load_partner_types()
    delays = [types[c.type_code].follow_up_days if c.type_code in types else _USUAL_DELAY for c in chosen]
    return clock.today() + timedelta(days=min(delays)) if delays else None


def _note(icon: str, words: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(Icon(icon, size=15))
    row.addWidget(Label(words, role="small", tone="muted", wrap=True), 1)
    return line
