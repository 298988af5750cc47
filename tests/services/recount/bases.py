"""Three years of fictitious files, with what they have too rarely for every figure to count something."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from boutique.rules.period import Period
from boutique.services import demo
from boutique.services.workspace import Workspace

LAST = date(2026, 11, 24)
_ONE_FILLING = 18  # months that fictitious files go back; as much again makes three years
MONTHS = [Period.month(LAST - relativedelta(months=back)) for back in range(23, -1, -1)]
YEARS = [Period.year(date(year, 1, 1)) for year in (2024, 2025, 2026)]

SPICE = """
UPDATE participation SET reached_on = date(entered_on, '+250 days'), improved = 'oui', status_after = 'INDEPENDANT'
    WHERE rowid % 2 = 0;
UPDATE participation SET employment_status = 'ETUDIANT' WHERE rowid % 5 = 0;
UPDATE participation SET employment_status = 'DIRIGEANT_SOCIETE' WHERE rowid % 4 = 0;
UPDATE participation SET in_training = rowid % 4 = 0, education_level = 'N' || (rowid % 9) WHERE rowid % 10 > 0;
UPDATE participation SET registration_duration = 'GE_24M' WHERE rowid % 7 = 0;
UPDATE person SET phone = '+33199000000' WHERE phone IS NULL AND rowid % 2 = 0;
UPDATE exit SET qualification_obtained = rowid % 2, training_entered = rowid % 3 = 0, business_created = 0;
UPDATE exit SET employment_status = 'DE_INDEMNISE' WHERE rowid % 2 = 0;
UPDATE scheme_request SET scheme_code = 'PH_QUARTIER' WHERE rowid % 4 = 0;
UPDATE project SET legal_form = 'CAPE_HEBERGE' WHERE rowid % 7 = 0;
UPDATE person SET birth_date = '2009-06-01' WHERE rowid % 5 = 0;
UPDATE person SET birth_date = '2000-02-29' WHERE rowid % 23 = 0;
UPDATE person SET gender = 'NSP' WHERE rowid % 17 = 0;
UPDATE person SET rqth_declared = 1 WHERE rowid % 4 = 0;
UPDATE consent SET kind = 'rqth' WHERE rowid % 3 = 0;
UPDATE interview SET attended = NULL WHERE rowid % 11 = 0;
UPDATE interview SET type = NULL WHERE rowid % 13 = 0;
UPDATE interview SET held_on = date(held_on, '-25 months') WHERE rowid % 29 = 0;
UPDATE interview SET site_id = NULL WHERE rowid % 41 = 0;
UPDATE interview SET minutes = NULL WHERE rowid % 43 = 0;
UPDATE referral SET site_id = NULL WHERE rowid % 19 = 0;
UPDATE referral SET answered_on = date(made_on, '-' || (rowid % 3) || ' days')
    WHERE answered_on IS NOT NULL AND rowid % 4 = 0;
UPDATE scheme_request SET decided_on = NULL WHERE rowid % 6 = 0;
UPDATE scheme_request SET granted_eur = NULL WHERE rowid % 10 = 0;
UPDATE step_progress SET deliverable_on = NULL WHERE rowid % 3 = 0;
CREATE TEMP TABLE again AS SELECT * FROM exit WHERE rowid % 5 = 0;
UPDATE exit SET reopened_on = date(ended_on, '+3 days') WHERE id IN (SELECT id FROM again);
UPDATE again SET id = 'f' || substr(id, 2), employment_status = 'SALARIE_CDI_TP';
INSERT INTO exit SELECT * FROM again;
CREATE TEMP TABLE twice AS SELECT * FROM participation WHERE rowid % 6 = 0;
UPDATE twice SET id = 'f' || substr(id, 2), entered_on = date(entered_on, '+20 days'), employment_status = 'RETRAITE';
INSERT INTO participation SELECT * FROM twice;
UPDATE passage SET happened_on = date(happened_on, 'start of month') WHERE rowid % 31 = 0;
UPDATE passage SET happened_on = date(happened_on, 'start of month', '+1 month', '-1 day')
    WHERE rowid % 37 = 0 AND happened_on < '2026-11-01';
UPDATE business SET registered_on = date(registered_on, '-36 months') WHERE rowid % 5 = 0;
UPDATE accompaniment SET opened_on = date(opened_on, '-40 months') WHERE rowid % 9 = 0;
UPDATE follow_up SET months = CASE rowid % 3 WHEN 0 THEN 12 WHEN 1 THEN 24 ELSE 36 END, state = 'fait',
    done_on = date('2024-12-03', '+' || (rowid * 13 % 720) || ' days'), jobs = rowid % 4,
    outcome = CASE rowid % 4 WHEN 0 THEN 'injoignable' WHEN 1 THEN 'cessee' ELSE 'active' END;
UPDATE co_financing SET year = 2024 + rowid % 3 WHERE rowid % 2 = 0;
UPDATE co_financing SET common_law = NULL WHERE rowid % 7 = 0;
UPDATE outreach_day SET qpv_code = 'QN06299' || char(65 + rowid % 9) WHERE located_in_qpv = 'oui';
INSERT INTO zoning_list (id, kind, vintage, imported_at, rows)
    VALUES (lower(hex(randomblob(16))), 'FRR', '2026', '2026-01-01 00:00:00.000000', 2);
INSERT INTO zoning (kind, commune_code, zone_code, label, classified)
    SELECT DISTINCT 'FRR', commune_code, 'FRR', '', 1 FROM person WHERE commune_code > '62400'
"""


def fill(workspace: Workspace, people: int, fillings: int) -> None:
    """So many people over three years, in fillings of eighteen months that end one after the other."""
    for rank in range(fillings):
        until = LAST - relativedelta(months=_ONE_FILLING * (fillings - 1 - rank) // (fillings - 1))
        demo.populate(workspace, people=people // fillings, seed=21 + rank, until=until)
    with workspace.database.raw() as connection:
        spice(connection)


def spice(connection: Any) -> None:
    """Rare answers, ends of months, long silences, people who do not want to say."""
    for statement in SPICE.split(";"):
        connection.execute(statement)
