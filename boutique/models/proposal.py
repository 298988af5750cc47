"""What was proposed to a file and not chosen, or chosen: for the statistics of partners and the order of proposals."""

import uuid
from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from boutique.models.base import Record, foreign_key
from boutique.models.types import Codes


class ProposedPartner(Record):
    """A structure proposed to a file one day: its rank, the rules behind it, chosen or set aside. Codes, no words.

    Rows are only added: the latest one of a file and a partner says where things stand.
    """

    __tablename__ = "proposed_partner"

    case_id: Mapped[uuid.UUID] = foreign_key("accompaniment")
    partner_id: Mapped[uuid.UUID] = foreign_key("partner")
    shown_on: Mapped[date]
    rank: Mapped[int]
    subject_code: Mapped[str | None] = mapped_column(String(60), default=None)
    rules: Mapped[tuple[str, ...]] = mapped_column(Codes(400), default=())
    chosen: Mapped[bool] = mapped_column(default=False)
    set_aside: Mapped[str | None] = mapped_column(String(40), default=None)
    counsellor_id: Mapped[uuid.UUID | None] = foreign_key("counsellor", nullable=True)
    site_id: Mapped[uuid.UUID | None] = foreign_key("site", nullable=True)

    # Read by period for the statistics.
    __table_args__ = (Index("ix_proposed_partner_period", "shown_on", "partner_id", "case_id", "chosen"),)
