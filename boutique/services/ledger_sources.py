"""Where each kind of event of the figures is read in the base: its day, its file, its amount. For `ledger_reading`.

Plain SQL, one statement a kind, so that what a figure counts can be read by whoever audits it. To add a kind: a member
of `figure_rules.Kind` and an entry of `SOURCES`; `c` is the file of the act, `p` its person when it has no file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from boutique.rules.figure_rules import Kind
from boutique.rules.ledger_rows import NO_AMOUNT

PLAN_STEP = "PRE5"  # « Contrat de parcours ou plan d’action signé » (resources/journey)


@dataclass(frozen=True, slots=True)
class Source:
    """Events of one kind. Where, by whom and for which programme are those of the act, else those of its file."""

    table: str  # FROM and the joins of its day, file and amount
    row: str
    day: str
    where: str = "1"
    case: str = "c.rowid"
    person: str = ""  # only when it is not that of the file
    amount: str = "0"
    until: str = ""
    site: str = "c.site_id"
    counsellor: str = "c.counsellor_id"
    programme: str = "c.programme_id"
    commune: str = ""  # of the act, when it is not the home of the person
    file: str = "c.id"
    label: str = ""  # what a line without a file shows
    joins: str = ""  # what only its facts need

    @property
    def whole(self) -> str:
        """Everything that may be asked of an event."""
        return f"{self.table} {self.joins}".rstrip()


# Both always have their file: joined like this, the engine leaves it out where nothing of it is asked.
_INTERVIEW = "interview i LEFT JOIN accompaniment c ON c.id = i.case_id"
_REFERRAL = "referral r LEFT JOIN accompaniment c ON c.id = r.case_id"
ODD_DELAY = -2  # answered before it was made: a mistake, it took nobody knows how long
_DAYS_TO_ANSWER = f"""CASE WHEN r.answered_on < r.made_on THEN {ODD_DELAY}
    ELSE coalesce(CAST(julianday(r.answered_on) - julianday(r.made_on) AS INTEGER), {NO_AMOUNT}) END"""
_MADE = "r.status <> 'annulee'"  # a referral that was cancelled was not made
# A couple has two files for one business: it is created once, in the file that the project began with.
_BUSINESS = """business b JOIN accompaniment c ON c.rowid = (
    SELECT o.rowid FROM accompaniment o WHERE o.project_id = b.project_id ORDER BY o.opened_on, o.reference LIMIT 1)"""
_BUSINESS_OF_FILE = "LEFT JOIN business b ON b.project_id = c.project_id"
_LAST_EXIT = "LEFT JOIN exit x ON x.id = (SELECT max(id) FROM exit WHERE case_id = c.id AND reopened_on IS NULL)"
HOLDER = "JOIN person h ON h.id = c.person_id"
_PARTICIPATION = "participation t JOIN accompaniment c ON c.id = t.case_id"
_OF_PARTICIPATION = f"{HOLDER} {_LAST_EXIT}"
_OF_EXIT = f"""{HOLDER} {_LAST_EXIT}
    LEFT JOIN participation t ON t.id = (SELECT min(id) FROM participation WHERE case_id = c.id)"""  # noqa: S608
_WORKSHOP = "workshop w JOIN workshop_module m ON m.id = w.module_id"
_ATTENDANCE = """attendance a JOIN enrolment e ON e.id = a.enrolment_id JOIN workshop w ON w.id = e.workshop_id
    JOIN workshop_half_day d ON d.id = a.half_day_id JOIN workshop_module m ON m.id = w.module_id
    LEFT JOIN accompaniment c ON c.id = e.case_id LEFT JOIN person p ON p.id = e.person_id"""
_OF_INTERVIEW = "i.programme_id"  # written with it: the file may be charged to another programme since


def _interview(where: str) -> Source:
    return Source(
        _INTERVIEW, "i.rowid", "i.held_on", where, amount="coalesce(i.minutes, 0)", site="i.site_id",
        counsellor="i.counsellor_id", programme=_OF_INTERVIEW,
    )  # fmt: skip


def _referral(day: str, where: str = _MADE, amount: str = "0") -> Source:
    return Source(
        _REFERRAL, "r.rowid", day, where, amount=amount, site="r.site_id", counsellor="r.counsellor_id",
    )  # fmt: skip


FILES = "accompaniment c"  # they last: read whatever the days asked for
INTERVIEWS = _interview("1")  # sorted by `ledger_reading`: held or missed, counted as an interview or not
REFERRALS = _referral("r.made_on", amount=_DAYS_TO_ANSWER)
SOURCES: Mapping[Kind, Source] = MappingProxyType(
    {
        Kind.VISIT: Source(
            "passage v LEFT JOIN person p ON p.id = v.person_id", "v.rowid", "v.happened_on", case="0",
            person="coalesce(p.rowid, 0)", site="v.site_id", counsellor="v.counsellor_id",
            programme="(SELECT c.programme_id FROM accompaniment c WHERE c.id = v.case_id)", commune="v.commune_code",
            file="v.case_id", label="'Passage anonyme'",
        ),
        **dict.fromkeys(
            (Kind.WALK_IN, Kind.INTERVIEW, Kind.FIRST_INTERVIEW, Kind.ENTRY, Kind.ABSENCE), INTERVIEWS
        ),
        **dict.fromkeys((Kind.REFERRAL, Kind.ANSWER), REFERRALS),
        Kind.DUE: _referral("r.expected_on", f"{_MADE} AND r.expected_on IS NOT NULL"),
        Kind.CREATION: Source(
            _BUSINESS, "b.rowid", "b.registered_on", "b.registered = 1 AND b.registered_on >= c.opened_on",
            commune="b.commune_code",
        ),
        Kind.FOLLOW_UP: Source(
            "follow_up f JOIN accompaniment c ON c.id = f.case_id", "f.rowid", "f.done_on",
            "f.state = 'fait' AND f.done_on IS NOT NULL", joins=_BUSINESS_OF_FILE,
        ),
        Kind.FUNDING: Source(
            "scheme_request s JOIN accompaniment c ON c.id = s.case_id", "s.rowid",
            "coalesce(s.decided_on, s.paid_on, s.asked_on)",
            "s.status IN ('accordee', 'versee') AND coalesce(s.decided_on, s.paid_on, s.asked_on) IS NOT NULL",
            amount="coalesce(s.granted_eur, 0)",
        ),
        Kind.PLAN: Source(
            "step_progress g JOIN accompaniment c ON c.id = g.case_id", "g.rowid",
            "coalesce(g.deliverable_on, g.done_on)",
            f"g.step_code = '{PLAN_STEP}' AND coalesce(g.deliverable_on, g.done_on) IS NOT NULL",
        ),
        Kind.EXIT: Source(FILES, "c.rowid", "c.closed_on", "c.closed_on IS NOT NULL", joins=_OF_EXIT),
        Kind.PARTICIPATION: Source(
            _PARTICIPATION, "t.rowid", "t.entered_on", programme="t.programme_id", joins=_OF_PARTICIPATION
        ),
        Kind.SIX_MONTHS: Source(
            _PARTICIPATION, "t.rowid", "t.reached_on", "t.reached_on IS NOT NULL", programme="t.programme_id",
            joins=_OF_PARTICIPATION,
        ),
        Kind.OPEN_FILE: Source(FILES, "c.rowid", "c.opened_on", until="c.closed_on"),
        Kind.FILE: Source(FILES, "c.rowid", "c.opened_on"),
        Kind.OUTREACH: Source(
            "outreach_day o", "o.rowid", "o.held_on", "o.state = 'tenue'", case="0", person="0", site="o.site_id",
            counsellor="o.counsellor_id", programme="o.programme_id", commune="o.commune_code",
            file="NULL", label="'Permanence' || coalesce(' – ' || o.host, '')",
        ),
        Kind.WORKSHOP: Source(
            _WORKSHOP, "w.rowid", "w.starts_on", "w.state = 'tenue'", case="0", person="0", site="w.site_id",
            counsellor="w.counsellor_id", programme="w.programme_id", commune="w.commune_code", file="NULL",
            label="w.title",
        ),
        Kind.ATTENDANCE: Source(
            _ATTENDANCE, "a.rowid", "d.held_on", "a.present = 1 AND w.state <> 'annulee'", case="coalesce(c.rowid, 0)",
            person="coalesce(p.rowid, 0)", site="w.site_id", counsellor="w.counsellor_id", commune="e.commune_code",
            label="'Inscrit·e sans dossier'",
        ),
        Kind.BUSINESS_VISIT: Source(
            "business_visit z", "z.rowid", "z.visited_on", case="0", person="0", site="z.site_id",
            counsellor="z.counsellor_id", programme="z.programme_id", commune="z.commune_code", file="NULL",
            label="z.name",
        ),
        Kind.CO_FINANCING: Source(
            "co_financing k JOIN programme q ON q.id = k.programme_id", "k.rowid",
            "coalesce(k.year || '-01-01', q.starts_on)", case="0", person="0", amount="k.amount_eur", site="NULL",
            counsellor="NULL", programme="k.programme_id", file="NULL", label="k.financer",
        ),
    }
)  # fmt: skip
