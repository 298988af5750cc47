"""Every indicator counted again by SQL written apart, for the tests: nothing here comes from the engine of figures."""

from collections.abc import Mapping

JOBSEEKERS = "('DE_INDEMNISE','DE_NON_INDEMNISE')"
INACTIVE = "('ETUDIANT','RETRAITE','CONGE_PARENTAL_PREPARE','SANS_EMPLOI_NON_INSCRIT')"
EMPLOYED = (
    "('SALARIE_CDI_TP','SALARIE_TEMPS_PARTIEL','SALARIE_CDD_INTERIM','SALARIE_ENTREPRISE_DIFFICULTE',"
    "'DEMISSIONNAIRE_PROJET','INDEPENDANT','DIRIGEANT_SOCIETE')"
)
TYPES = "('PRE_ACCUEIL','DIAGNOSTIC','SUIVI','EXPERT','TELEPHONE','FINANCEMENT','SUIVI_ENTREPRISE','VISITE')"
COUNTED = f"coalesce(i.type, 'SUIVI') IN {TYPES}"
CAME = "coalesce(i.attended, 1) = 1"


def age(day: str) -> str:
    """Full years on a day."""
    years = f"strftime('%Y', {day}) - strftime('%Y', w.birth_date)"
    return f"({years} - (strftime('%m-%d', {day}) < strftime('%m-%d', w.birth_date)))"


# Events: p person, c file, d day, q quantity, s place, v whatever a condition looks at.
_HELD = f"""SELECT f.person_id p, f.id c, i.held_on d, i.minutes q, i.site_id s, i.type v
    FROM accompaniment f JOIN interview i ON i.case_id = f.id WHERE {COUNTED} AND {CAME}"""
_VISITS = "SELECT person_id p, case_id c, happened_on d, 0 q, site_id s, channel v FROM passage"
_RECEIVED = f"""SELECT p, d, s FROM ({_VISITS}) WHERE p IS NOT NULL UNION ALL
    SELECT f.person_id, i.held_on, i.site_id FROM accompaniment f JOIN interview i ON i.case_id = f.id WHERE {CAME}"""
_FIRST = f"""SELECT p, c, d, s, b FROM (SELECT p, c, d, s, lag(d) OVER (PARTITION BY p ORDER BY d, n) b FROM (
    SELECT f.person_id p, f.id c, i.held_on d, i.site_id s, i.id n FROM accompaniment f
    JOIN interview i ON i.case_id = f.id WHERE {COUNTED} AND {CAME})) WHERE b IS NULL OR date(b, '+24 months') < d"""
_REFERRALS = """SELECT f.person_id p, f.id c, r.made_on d, 0 q, r.site_id s, r.* FROM accompaniment f
    JOIN referral r ON r.case_id = f.id WHERE r.status <> 'annulee'"""
_CREATED = """SELECT f.person_id p, f.id c, b.registered_on d, coalesce(b.jobs, 0) q, f.site_id s, b.proof,
    coalesce(b.located_in_qpv, j.located_in_qpv) district, b.id business
    FROM business b JOIN project j ON j.id = b.project_id JOIN accompaniment f ON f.project_id = j.id
    WHERE b.registered = 1 AND b.registered_on >= f.opened_on AND NOT EXISTS (SELECT 1 FROM accompaniment o
    WHERE o.project_id = j.id AND (o.opened_on, o.reference) < (f.opened_on, f.reference))"""
_FUNDED = """SELECT f.person_id p, f.id c, coalesce(g.decided_on, g.paid_on, g.asked_on) d,
    coalesce(g.granted_eur, 0) q, f.site_id s, g.kind, g.scheme_code
    FROM accompaniment f JOIN scheme_request g ON g.case_id = f.id
    WHERE g.status IN ('accordee', 'versee')"""
_RAISED = (
    f"SELECT * FROM ({_FUNDED}) WHERE coalesce(kind, '') NOT IN "
    "('apport','compte_courant','pret_familial','exoneration','garantie')"
)
_DISTRICT_LOANS = f"SELECT * FROM ({_FUNDED}) WHERE scheme_code = 'PH_QUARTIER'"
_PLANS = """SELECT f.person_id p, f.id c, coalesce(g.deliverable_on, g.done_on) d, f.site_id s
    FROM accompaniment f JOIN step_progress g ON g.case_id = f.id WHERE g.step_code = 'PRE5'"""
_LEFT = """SELECT f.person_id p, f.id c, f.closed_on d, f.site_id s, f.exit_reason reason, x.employment_status after,
    x.training_entered training, x.business_created created, x.qualification_obtained qualified,
    (SELECT t.employment_status FROM participation t WHERE t.case_id = f.id ORDER BY t.id LIMIT 1) before,
    EXISTS (SELECT 1 FROM participation t WHERE t.case_id = f.id) fse
    FROM accompaniment f LEFT JOIN exit x ON x.case_id = f.id AND x.reopened_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM exit y WHERE y.case_id = f.id AND y.reopened_on IS NULL AND y.id > x.id)
    WHERE f.closed_on IS NOT NULL"""
_ENTERED = """SELECT f.person_id p, f.id c, t.entered_on d, f.site_id s, t.employment_status status, t.education_level,
    t.registration_duration, t.reached_on, t.status_after, t.improved, t.in_training, t.id row
    FROM participation t JOIN accompaniment f ON f.id = t.case_id"""
_COMPLETE = f"""SELECT e.* FROM ({_ENTERED}) e JOIN person k ON k.id = e.p WHERE k.gender IN ('F', 'M')
    AND k.birth_date IS NOT NULL AND k.commune_code IS NOT NULL AND coalesce(k.phone, k.email) IS NOT NULL
    AND e.status IS NOT NULL AND e.in_training IS NOT NULL AND e.education_level IS NOT NULL
    AND (e.status NOT IN {JOBSEEKERS} OR e.registration_duration IS NOT NULL)"""
_SIX = f"SELECT p, c, reached_on d, s, status, status_after, improved FROM ({_ENTERED}) WHERE reached_on IS NOT NULL"
_OUT = """SELECT NULL p, id c, held_on d, site_id s, located_in_qpv district, qpv_code v FROM outreach_day
    WHERE state = 'tenue'"""
# Somebody came, noted or not; each visit or interview goes to one of the permanences of its day and place.
_MET = """SELECT id, held_on d, site_id s, counsellor_id k, created_at t FROM interview WHERE attended IS NOT 0
    UNION ALL SELECT id, happened_on, site_id, counsellor_id, created_at FROM passage"""
_TOOK = f"""SELECT y, row_number() OVER (PARTITION BY x ORDER BY own DESC, begun DESC,
        CASE begun WHEN 1 THEN -opens_at ELSE opens_at END, CASE begun WHEN 1 THEN '' ELSE y END, y DESC) rank
    FROM (SELECT m.id x, o.id y, o.opens_at, m.k IS NOT NULL AND m.k = o.counsellor_id own,
            date(m.t, 'localtime') = m.d AND time(o.opens_at * 60, 'unixepoch') <= time(m.t, 'localtime') begun
        FROM ({_MET}) m JOIN outreach_day o ON o.held_on = m.d AND o.site_id = m.s AND o.state <> 'annulee'
        WHERE m.k IS NULL OR o.counsellor_id IS NULL OR m.k = o.counsellor_id)"""
_OUT_MET = f"""SELECT NULL p, id c, held_on d, site_id s, located_in_qpv district FROM outreach_day
    WHERE state = 'tenue' AND (walk_ins > 0 OR id IN (SELECT y FROM ({_TOOK}) WHERE rank = 1))"""
_SHOPS = "SELECT NULL p, id c, starts_on d, site_id s, in_qpv district, qpv v FROM workshop WHERE state = 'tenue'"
_PRESENT = """SELECT e.person_id p, e.case_id c, h.held_on d, w.site_id s, coalesce(e.person_id,
    e.last_name || ' ' || e.first_name || '|' || coalesce(e.phone, e.commune_code, '')) who FROM attendance a
    JOIN enrolment e ON e.id = a.enrolment_id JOIN workshop w ON w.id = e.workshop_id
    JOIN workshop_half_day h ON h.id = a.half_day_id WHERE a.present = 1 AND w.state <> 'annulee'"""
_CALLED = """SELECT f.person_id p, f.id c, u.done_on d, u.jobs q, f.site_id s, u.months
    FROM accompaniment f JOIN follow_up u ON u.case_id = f.id WHERE u.state = 'fait'"""
_ALIVE = """EXISTS (SELECT 1 FROM follow_up u WHERE u.case_id = c AND u.months >= {}
    AND u.outcome IN ('active', 'transformee'))"""
_LOST = "EXISTS (SELECT 1 FROM follow_up u WHERE u.case_id = c AND u.months >= 36 AND u.outcome = 'injoignable')"
_MISSED = f"""SELECT f.person_id p, f.id c, i.held_on d, 0 q, i.site_id s FROM accompaniment f
    JOIN interview i ON i.case_id = f.id WHERE {COUNTED} AND i.attended = 0"""
_TWICE = f"""SELECT p, d, s FROM ({_HELD}) e WHERE 1 < (SELECT count(*) FROM ({_HELD}) o WHERE o.p = e.p
    AND o.d BETWEEN :first AND :last AND (:site IS NULL OR o.s = :site))"""
_PEOPLE, _FILES, _ACTS, _SUM = "count(DISTINCT e.p)", "count(DISTINCT e.c)", "count(*)", "coalesce(sum(e.q), 0)"
_FUNDS = """SELECT NULL p, k.id c, coalesce(k.year || '-01-01', g.starts_on) d, k.amount_eur q, NULL s, k.common_law v
    FROM co_financing k JOIN programme g ON g.id = k.programme_id"""
_HEARD = f"""SELECT p FROM ({_VISITS}) WHERE d > :months_{{0}} AND d <= :last AND p IS NOT NULL UNION
    SELECT f.person_id FROM accompaniment f JOIN interview i ON i.case_id = f.id
    WHERE {CAME} AND i.held_on > :months_{{0}} AND i.held_on <= :last"""
_DORMANT = """SELECT f.person_id p, f.id c, :last d, f.site_id s FROM accompaniment f WHERE {1}
    f.opened_on <= :months_{0} AND f.person_id NOT IN ({2})"""
_OPEN = """SELECT f.person_id p, f.id c, :last d, f.site_id s, j.legal_form v FROM accompaniment f
    JOIN project j ON j.id = f.project_id
    WHERE f.opened_on <= :last AND (f.closed_on IS NULL OR f.closed_on > :last)"""
_STILL_OPEN = "(f.closed_on IS NULL OR f.closed_on > :last) AND"


def _participants(condition: str) -> tuple[str, str, str]:
    return _COMPLETE, condition, _PEOPLE


# code → (events, condition on `e` and on the person `w`, what is counted)
COUNTS: Mapping[str, tuple[str, str, str]] = {
    "EECO01": _participants("1"),
    "EECO02": _participants(f"e.status IN {JOBSEEKERS}"),
    "EECO03": _participants(f"e.status IN {JOBSEEKERS} AND e.registration_duration IN ('M12_23', 'GE_24M')"),
    "EECO04": _participants(f"e.status IN {INACTIVE}"),
    "EECO05": _participants(f"e.status IN {EMPLOYED}"),
    "EECO06": _participants(f"{age('e.d')} < 18"),
    "EECO07": _participants(f"{age('e.d')} BETWEEN 18 AND 29"),
    "EECO08": _participants(f"{age('e.d')} >= 55"),
    "EECO09": _participants("e.education_level IN ('N0', 'N1', 'N2')"),
    "EECO10": _participants("e.education_level IN ('N3', 'N4')"),
    "EECO11": _participants("e.education_level IN ('N5', 'N6', 'N7', 'N8')"),
    "EECO12": _participants(
        "w.rqth_declared = 1 AND EXISTS (SELECT 1 FROM consent k WHERE k.person_id = w.id AND k.kind = 'rqth')"
    ),
    "EECO17": _participants("w.commune_code IN (SELECT commune_code FROM zoning WHERE kind = 'FRR' AND classified)"),
    "EECO19": (
        f"SELECT p, c, d, s FROM ({_CREATED}) UNION ALL SELECT p, c, d, s FROM ({_CALLED})",
        "EXISTS (SELECT 1 FROM participation t WHERE t.case_id = e.c)", _FILES,
    ),
    "EECR01": (_LEFT, f"e.fse AND e.before IN {INACTIVE} AND e.after IN {JOBSEEKERS}", _PEOPLE),
    "EECR02": (
        _LEFT, "e.fse AND (e.training = 1 OR e.after IN ('ETUDIANT', 'APPRENTI_STAGIAIRE') OR e.reason = 'formation')",
        _PEOPLE,
    ),
    "EECR03": (_LEFT, "e.fse AND e.qualified = 1", _PEOPLE),
    "EECR04": (
        _LEFT, f"e.fse AND (e.after IN {EMPLOYED} OR e.created = 1 OR e.reason IN ('emploi', 'creation'))", _PEOPLE,
    ),
    "EECR05": (_SIX, f"e.status_after IN {EMPLOYED}", _PEOPLE),
    "EECR06": (_SIX, f"e.status IN {EMPLOYED} AND e.improved = 'oui'", _PEOPLE),
    "BPI_DETECTES": (
        f"SELECT coalesce(p, 'nobody ' || row_number() OVER ()) p, d, s, v FROM ({_VISITS})",
        f"e.v = 'evenement' AND e.p NOT IN (SELECT p FROM ({_HELD}) WHERE d <= :last)", _PEOPLE,
    ),
    "BPI_ORIENTES": (_REFERRALS, "e.status <> 'preparee'", _PEOPLE),
    "BPI_ACCOMPAGNES": (_TWICE, "1", _PEOPLE),
    "BPI_CREATIONS": (_CREATED, "e.proof IN ('rne', 'sirene', 'extrait')", _ACTS),
    "BPI_QPV_COUVERTS": (
        f"SELECT p, c, d, s, district, v FROM ({_OUT}) UNION ALL SELECT p, c, d, s, district, v FROM ({_SHOPS})",
        "e.district = 'oui'", "count(DISTINCT e.v)",
    ),
    "BPI_PERMANENCES_QPV": (_OUT, "e.district = 'oui'", _ACTS),
    "BPI_PH_QUARTIER": (_DISTRICT_LOANS, "1", _ACTS),
    "BPI_PH_QUARTIER_EUROS": (_DISTRICT_LOANS, "1", _SUM),
    "BPI_EVENEMENTS": (_SHOPS, "e.district = 'oui'", _ACTS),
    "CDV_PERSONNES_QPV": (_RECEIVED, "w.lives_in_qpv = 'oui'", _PEOPLE),
    "CDV_PERMANENCES": (_OUT_MET, "e.district = 'oui'", _ACTS),
    "CDV_CREATIONS_QPV": (_CREATED, "e.district = 'oui'", _ACTS),
    "REG_PARCOURS": (_PLANS, "1", _FILES),
    "REG_PHASES": (_OPEN, "1", _FILES),
    "REG_CREATIONS": (_CREATED, "1", _ACTS),
    "REG_EMPLOIS": (_CREATED, "1", _SUM),
    "REG_EMPLOIS_1": (_CALLED, "e.months = 12", _SUM),
    "REG_EMPLOIS_2": (_CALLED, "e.months = 24", _SUM),
    "REG_EMPLOIS_3": (_CALLED, "e.months = 36", _SUM),
    "REG_FINANCEMENTS": (_RAISED, "1", _SUM),
    "EPCI_CONTACTS": (_VISITS, "1", _ACTS),
    "EPCI_ORIGINE": (_RECEIVED, "1", _PEOPLE),
    "EPCI_ORIENTATIONS": (_REFERRALS, "1", _ACTS),
    "EPCI_ATELIERS": (_SHOPS, "1", _ACTS),
    "EPCI_ATELIERS_PRESENTS": (_PRESENT, "1", "count(DISTINCT e.who)"),
    "BGE_ACCUEILLIS": (_FIRST, "1", _PEOPLE),
    "BGE_PARCOURS": (_PLANS, "1", _PEOPLE),
    "BGE_CREATIONS": (_CREATED, "1", _ACTS),
    "BGE_EMPLOIS": (_CREATED, "1", _SUM),
    "BGE_COUVEUSE": (_OPEN, "e.v = 'CAPE_HEBERGE'", _PEOPLE),
    "BGE_CHEFS_ENTREPRISE": (_HELD, "e.v = 'SUIVI_ENTREPRISE'", _PEOPLE),
    "BGE_FONDS": (_RAISED, "1", _SUM),
    "BGE_PROFIL": (_HELD, "1", _PEOPLE),
    "BGE_PRESCRIPTEURS": (_FIRST, "1", _PEOPLE),
    "INT_NOUVEAUX": (_FIRST, "1", _PEOPLE),
    "INT_FILE_ACTIVE": (_HELD, "1", _PEOPLE),
    "INT_ENTRETIENS": (_HELD, "1", _ACTS),
    "INT_HEURES": (_HELD, "1", "coalesce(sum(e.q), 0) / 60.0"),
    "INT_SORTIES": (_LEFT, "1", _PEOPLE),
    "INT_SANS_SUITE": (_DORMANT.format(6, _STILL_OPEN, _HEARD.format(6)), "1", _FILES),
    "INT_ECHEANCE_RGPD": (_DORMANT.format(24, "", _HEARD.format(24)), "1", _FILES),
    "PERSONNES_RECUES": (_RECEIVED, "1", _PEOPLE),
    "ABSENCES": (_MISSED, "1", _ACTS),
    "RETOURS": (_REFERRALS, "e.answered_on IS NOT NULL", _ACTS),
}  # fmt: skip

_DUE = _REFERRALS.replace("r.made_on d", "r.expected_on d")
_LAST_ENDED = (
    """(SELECT x.id FROM exit x WHERE x.case_id = k.id AND x.reopened_on IS NULL ORDER BY x.id DESC LIMIT 1)"""
)
_FINISHED = f"""SELECT e.p, e.c, e.d, e.s, e.row IN (SELECT row FROM ({_COMPLETE})) AND (k.closed_on IS NULL OR
    (k.exit_reason IS NOT NULL AND EXISTS (SELECT 1 FROM exit x WHERE x.id = {_LAST_ENDED}
    AND x.employment_status IS NOT NULL AND x.business_created IS NOT NULL AND x.training_entered IS NOT NULL
    AND x.qualification_obtained IS NOT NULL AND (x.business_created = 0 OR EXISTS (SELECT 1 FROM business b
    WHERE b.project_id = k.project_id AND b.registered = 1 AND b.siren IS NOT NULL))))) v
    FROM ({_ENTERED}) e JOIN accompaniment k ON k.id = e.c"""
_LEFT_KNOWN = f"SELECT * FROM ({_LEFT}) WHERE reason IS NOT NULL"
_YEAR_BEFORE, _THREE_BEFORE = "12", "36"
_ANSWERS = (
    "((w.gender IS NOT NULL) + (w.birth_date IS NOT NULL) + (w.employment_status IS NOT NULL) + "
    "(w.education_level IS NOT NULL) + (w.lives_in_qpv IS NOT NULL) + (w.commune_code IS NOT NULL))"
)
_RSA = "('|' || w.allowances || '|' LIKE '%|RSA|%' OR '|' || w.allowances || '|' LIKE '%|RSA_MAJORE|%')"
_RSA_KNOWN = f"(w.allowances IS NOT NULL OR w.employment_status NOT IN {JOBSEEKERS})"
_KNOWN_QPV = "w.lives_in_qpv IN ('oui', 'non')"
_FRR = "w.commune_code IN (SELECT commune_code FROM zoning WHERE kind = 'FRR' AND classified)"
_FRR_KNOWN = "w.commune_code IS NOT NULL AND EXISTS (SELECT 1 FROM zoning_list WHERE kind = 'FRR')"
_ALSO = "e.p IN (SELECT o.p FROM ({}) o WHERE o.d BETWEEN :first AND :last AND (:site IS NULL OR o.s = :site))"
# Each person once, wherever they were seen.
_SEEN = f"""SELECT DISTINCT p, :last d, :site s FROM ({_HELD})
    WHERE d BETWEEN :first AND :last AND (:site IS NULL OR s = :site)"""
_Share = tuple[tuple[str, str, str], tuple[str, str, str]]


def _share(events: str, part: str, whole: str, count: str = _PEOPLE) -> _Share:
    return (events, f"({part}) AND ({whole})", count), (events, whole, count)


SHARES: Mapping[str, _Share] = {
    "FSE_DONNEES_COMPLETES": _share(_FINISHED, "e.v = 1", "1"),
    "BPI_TAUX_CREATION": _share(_TWICE, _ALSO.format(_CREATED), "1"),
    "BPI_PART_QPV": _share(_TWICE, "w.lives_in_qpv = 'oui'", _KNOWN_QPV),
    "BPI_PART_FEMMES": _share(_TWICE, "w.gender = 'F'", "w.gender IN ('F', 'M')"),
    "BPI_PART_JEUNES": _share(_TWICE, f"{age('e.d')} < 26", "w.birth_date IS NOT NULL"),
    "BPI_PART_DE": _share(_TWICE, f"w.employment_status IN {JOBSEEKERS}", "w.employment_status IS NOT NULL"),
    "CDV_PART_QPV": _share(_RECEIVED, "w.lives_in_qpv = 'oui'", _KNOWN_QPV),
    "CDV_COFINANCEMENT": _share(_FUNDS, "e.v = 1", "e.v IS NOT NULL", _SUM),
    "EPCI_TAUX_RETOUR": _share(_DUE, "e.answered_on IS NOT NULL", "1", _ACTS),
    "BGE_RETOUR_EMPLOI": _share(_LEFT_KNOWN, "e.reason IN ('creation', 'emploi')", "1"),
    "INT_ABSENCES": (
        (_MISSED, "1", _ACTS),
        (f"SELECT p, c, d, q, s FROM ({_MISSED}) UNION ALL SELECT p, c, d, q, s FROM ({_HELD})", "1", _ACTS),
    ),
    "INT_ORIENTES": _share(_HELD, _ALSO.format(_REFERRALS), "1"),
    "INT_COMPLETUDE": ((_SEEN, "1", f"sum({_ANSWERS})"), (_SEEN, "1", "6 * count(*)")),
    "PUBLIC_FEMMES": _share(_RECEIVED, "w.gender = 'F'", "w.gender IN ('F', 'M')"),
    "PUBLIC_JEUNES": _share(_RECEIVED, f"{age('e.d')} < 30", "w.birth_date IS NOT NULL"),
    "PUBLIC_DEMANDEURS": _share(_RECEIVED, f"w.employment_status IN {JOBSEEKERS}", "w.employment_status IS NOT NULL"),
    "PUBLIC_RSA": _share(_RECEIVED, f"w.allowances IS NOT NULL AND {_RSA}", _RSA_KNOWN),
    "PUBLIC_QPV": _share(_RECEIVED, "w.lives_in_qpv = 'oui'", _KNOWN_QPV),
    "PUBLIC_RURAL": _share(_RECEIVED, _FRR, _FRR_KNOWN),
}
_COHORT = "SELECT p, c, date(d, '+{} months') d, s FROM ({})"
# Cohorts are counted in the year after (three years after): only on whole months, whose ends never slip.
COHORTS: Mapping[str, tuple[int, str, str]] = {
    "REG_PERENNITE_1": (12, _ALIVE.format(12), "1"),
    "REG_PERENNITE_3": (36, _ALIVE.format(36), f"NOT ({_LOST} AND NOT {_ALIVE.format(36)})"),
    "BGE_PERENNITE3": (36, _ALIVE.format(36), f"NOT ({_LOST} AND NOT {_ALIVE.format(36)})"),
}
CREATED = _CREATED
# Medians: the days of each event.
DELAYS: Mapping[str, str] = {
    "DELAI_RETOUR": f"""SELECT p, d, s, julianday(answered_on) - julianday(d) q FROM ({_REFERRALS})
        WHERE answered_on >= d""",
    "DELAI_ORIENTATION": f"""SELECT p, d, s, julianday(d) - julianday(b) q FROM (SELECT r.p, r.d, r.s,
        (SELECT min(h.d) FROM ({_HELD}) h WHERE h.c = r.c) b FROM ({_REFERRALS}) r) WHERE b <= d""",
    "INT_DELAI": f"""SELECT p, d, s, julianday(d) - julianday(min(d, coalesce(opened, d), coalesce(asked, d))) q FROM (
        SELECT n.*, (SELECT f.opened_on FROM accompaniment f WHERE f.id = n.c AND f.opened_on > coalesce(b, '')) opened,
        (SELECT min(v.d) FROM ({_VISITS}) v WHERE v.p = n.p AND v.d <= n.d AND v.d > coalesce(b, '')) asked
        FROM ({_FIRST}) n)""",
}
