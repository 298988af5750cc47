"""Indicators that the structure draws up equal a recount in SQL, open and are written as all others; kept, undone."""

import io
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from boutique.core.errors import UserError
from boutique.rules import own_figures as rules
from boutique.rules.figure_rules import Count, Kind
from boutique.rules.indicators import Figure
from boutique.rules.own_figures import Criterion, Share
from boutique.rules.period import Period
from boutique.services import (
    activity,
    activity_files,
    activity_page,
    demo,
    figure_table,
    figures,
    objective_progress,
    objectives,
    own_figures,
    undo,
)
from boutique.services.activity_page import Asked, AskedBehind
from boutique.services.figure_table import ScopeNames
from boutique.services.own_figures import OwnSheet
from boutique.services.workspace import Workspace
from tests.services.conftest import LAST_DAY, new_workspace

MONTH = Period.month(date(2026, 10, 1))
WOMAN, IN_QPV = Criterion("holder.gender", "=", "F"), Criterion("holder.lives_in_qpv", "=", "oui")
YOUNG = Criterion("holder.age", "<=", 29)
HELD = (
    "coalesce(i.attended, 1) = 1 AND coalesce(i.type, 'SUIVI') IN "
    "('PRE_ACCUEIL','DIAGNOSTIC','SUIVI','EXPERT','TELEPHONE','FINANCEMENT','SUIVI_ENTREPRISE','VISITE')"
)
_AGE = "(strftime('%Y%m%d', i.held_on) - strftime('%Y%m%d', w.birth_date)) / 10000"
_SEEN = f"""FROM interview i JOIN accompaniment c ON c.id = i.case_id JOIN person w ON w.id = c.person_id
    WHERE {HELD} AND i.held_on BETWEEN ? AND ?"""
# An indicator and the same written apart, in SQL.
DRAWN = {
    "and, or": (
        OwnSheet(None, "Femmes en QPV, ou jeunes", Count.PEOPLE, Kind.INTERVIEW, ((WOMAN, IN_QPV), (YOUNG,))),
        f"""SELECT count(DISTINCT w.id) {_SEEN}
            AND ((w.gender = 'F' AND w.lives_in_qpv = 'oui') OR {_AGE} BETWEEN 0 AND 29)""",
    ),
    "hours": (
        OwnSheet(None, "Heures en visite", Count.SUM, Kind.INTERVIEW, ((Criterion("interview.type", "=", "SUIVI"),),)),
        f"SELECT coalesce(sum(i.minutes), 0) / 60.0 {_SEEN} AND i.type = 'SUIVI'",
    ),
    "acts": (
        OwnSheet(
            None, "Orientations avec retour hors QPV", Count.ACTS, Kind.REFERRAL,
            ((Criterion("referral.answered", "is_true"), Criterion("holder.lives_in_qpv", "!=", "oui")),),
        ),
        """SELECT count(*) FROM referral r JOIN accompaniment c ON c.id = r.case_id JOIN person w ON w.id = c.person_id
            WHERE r.status <> 'annulee' AND r.answered_on IS NOT NULL AND r.made_on BETWEEN ? AND ?
            AND w.lives_in_qpv = 'non'""",
    ),
    "several": (
        OwnSheet(
            None, "Sans emploi", Count.PEOPLE, Kind.INTERVIEW,
            ((Criterion("holder.employment_status", "in", ("DE_INDEMNISE", "DE_NON_INDEMNISE")),),),
        ),
        f"SELECT count(DISTINCT w.id) {_SEEN} AND w.employment_status IN ('DE_INDEMNISE', 'DE_NON_INDEMNISE')",
    ),
    "share": (
        OwnSheet(
            None, "Part des femmes parmi les jeunes", Count.SHARE, Kind.INTERVIEW, ((YOUNG,),), False,
            Share(Count.PEOPLE, (WOMAN,)),
        ),
        f"""SELECT count(DISTINCT CASE w.gender WHEN 'F' THEN w.id END) * 1.0 / count(DISTINCT w.id) {_SEEN}
            AND {_AGE} BETWEEN 0 AND 29 AND w.gender <> 'NSP'""",
    ),
    "share of acts": (
        OwnSheet(
            None, "Part des orientations avec retour", Count.SHARE, Kind.REFERRAL, (), False,
            Share(Count.ACTS, (Criterion("referral.answered", "is_true"), IN_QPV)),
        ),
        """SELECT sum(r.answered_on IS NOT NULL AND w.lives_in_qpv = 'oui') * 1.0 / count(*)
            FROM referral r JOIN accompaniment c ON c.id = r.case_id JOIN person w ON w.id = c.person_id
            WHERE r.status <> 'annulee' AND r.made_on BETWEEN ? AND ?
            AND (w.lives_in_qpv IN ('oui', 'non') OR r.answered_on IS NULL)""",
    ),
    "files": (
        OwnSheet(None, "Dossiers suivis", Count.FILES, Kind.INTERVIEW),
        f"SELECT count(DISTINCT c.id) {_SEEN}",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = new_workspace(tmp_path_factory.mktemp("own") / "base")
    demo.populate(workspace, people=120, seed=12, until=LAST_DAY)
    for typed, _query in DRAWN.values():
        workspace.write("Indicateur", own_figures.save, typed)
    yield workspace
    workspace.close()


def recount(workspace: Workspace, query: str, period: Period) -> float:
    with workspace.database.raw() as connection:
        return float(connection.execute(query, (str(period.start), str(period.end))).fetchone()[0])


def named(workspace: Workspace, name: str) -> Figure:
    return next(one for one in workspace.read(own_figures.own) if one.label == name)


@pytest.mark.parametrize("which", DRAWN)
def test_an_indicator_equals_its_recount_and_opens_as_it_says(base: Workspace, which: str) -> None:
    typed, query = DRAWN[which]
    figure = named(base, typed.name)
    shown = base.read(activity_page.page, Asked(MONTH.start, group=rules.FUNDER, chart=figure.key)).view
    line = next(one for one in shown.indicators if one.key == figure.key)
    year = Period.year_to(MONTH.start)
    assert line.month == pytest.approx(recount(base, query, MONTH))
    assert line.year
    assert line.year == pytest.approx(recount(base, query, year))
    assert shown.drawn.key == figure.key
    found = base.read(activity_page.behind, AskedBehind(figure.key, year))
    if typed.counted is Count.SHARE:
        assert found.fraction is not None
        assert (len(found.rows), found.fraction.value) == (found.fraction.part, line.year)
    elif typed.counted is not Count.SUM:
        assert len(found.rows) == line.year
    for dimension, _title in found.dimensions:
        slices = base.read(activity_page.behind, AskedBehind(figure.key, year, dimension=dimension)).slices
        parts = sum(one.part for one in slices)
        assert parts == pytest.approx(found.fraction.part if found.fraction else line.year), dimension
    (told,) = base.read(
        figure_table.lines, base.read(figure_table.chosen, [figure.code]), MONTH, ScopeNames()
    )  # fmt: skip
    assert told.value == line.month


def test_the_workbook_of_the_month_and_of_the_year_say_the_same(base: Workspace) -> None:
    for typed, query in DRAWN.values():
        figure = named(base, typed.name)
        month = _synthesis(base.read(activity_files.month_file, MONTH.start).content, "Synthèse", typed.name)
        assert figure.code in month
        assert any(isinstance(one, int | float) and one == pytest.approx(recount(base, query, MONTH)) for one in month)
        year = _synthesis(
            base.read(activity_files.year_file, MONTH.start.year).content, "Synthèse annuelle", typed.name
        )
        assert year[MONTH.start.month] == pytest.approx(recount(base, query, MONTH))


def _synthesis(content: bytes, title: str, name: str) -> list[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[title]
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == name)


def test_every_fact_on_offer_can_be_counted(base: Workspace) -> None:
    """A fact of each event, whatever its type: the base can be asked for it."""
    book = base.read(figures.read, LAST_DAY)
    year = Period.year(LAST_DAY)
    for event in Kind:
        if event not in rules.EVENTS:
            continue
        for name, _words in rules.facts_of(event):
            fact, operator = rules.fact(name), rules.operators_of(name)[0][0]
            value = None if fact.type == "bool" else next(iter(fact.values), None) or fact.range[0]
            typed = Criterion(name, operator, value)
            assert book.ledger.value(rules.rule(Count.ACTS, event, ((typed,),)), year) is not None
            for several in rules.SEVERAL.intersection(dict(rules.operators_of(name))):
                one_of = Criterion(name, several, tuple(fact.values)[:2])
                share = Share(Count.PEOPLE, (one_of,))
                assert book.ledger.fraction(rules.rule(Count.SHARE, event, (), share), year).whole >= 0
            assert not fact.sensitive


def test_an_indicator_is_kept_changed_archived_and_taken_back(workspace: Workspace) -> None:
    typed = OwnSheet(None, "Femmes", Count.PEOPLE, Kind.INTERVIEW, ((WOMAN,),))
    made: uuid.UUID = workspace.write("Indicateur", own_figures.save, typed)
    assert workspace.read(own_figures.sheet, made) == replace(typed, id=made)
    with pytest.raises(UserError, match="déjà ce nom"):
        workspace.write("Indicateur", own_figures.save, replace(typed, name="femmes"))
    with pytest.raises(UserError, match="obligatoire"):
        workspace.write("Indicateur", own_figures.save, replace(typed, name=" "))
    other = ((Criterion("referral.status", "=", "envoyee"),),)
    with pytest.raises(UserError, match="ne convient pas"):
        workspace.write("Indicateur", own_figures.save, replace(typed, name="Autre", groups=other))
    workspace.write("Archiver", own_figures.archive, made)
    assert workspace.read(own_figures.own) == ()
    assert workspace.read(activity.people_behind, "nous_1", MONTH) == ()
    again: uuid.UUID = workspace.write("Indicateur", own_figures.save, replace(typed, name="Encore"))
    assert [one.code for one in workspace.read(own_figures.own)] == ["NOUS_2"]
    workspace.write("Reprendre", own_figures.restore, made)
    assert [one.label for one in workspace.read(own_figures.own)] == ["Femmes", "Encore"]
    for _action in range(2):
        workspace.write("Annulation", undo.undo)
    assert workspace.read(own_figures.own) == ()
    with pytest.raises(UserError, match="n’existe plus"):
        workspace.read(own_figures.sheet, again)
    assert workspace.read(activity_page.page, Asked(MONTH.start, chart="nous_2")).view.drawn.key == "received"


def test_an_indicator_whose_criteria_are_gone_says_so() -> None:
    figure = rules.figure("NOUS_1", "Ancien", "personnes", "entretien", {"any_of": [[["holder.gone", "=", "F"]]]})
    assert figure.rule is None
    assert "n’existe plus" in figure.reason
    assert rules.read_criteria({"any_of": [[["holder.gone", "=", "F"]], [["holder.gender", "=", "F"]]]}) == ((WOMAN,),)


def test_the_words_show_what_binds_first() -> None:
    told = rules.words(Count.PEOPLE, Kind.INTERVIEW, ((WOMAN, IN_QPV), (YOUNG,)))
    assert told.startswith("Personnes différentes : entretien, si (")
    assert ") ou «" in told


def test_a_share_has_what_makes_it_and_a_target_of_a_programme(workspace: Workspace) -> None:
    typed = OwnSheet(None, "Part des femmes", Count.SHARE, Kind.INTERVIEW, (), share=Share(Count.PEOPLE))
    with pytest.raises(UserError, match="sous « Dont »"):
        workspace.write("Indicateur", own_figures.save, typed)
    typed = replace(typed, share=Share(Count.PEOPLE, (WOMAN,)))
    made: uuid.UUID = workspace.write("Indicateur", own_figures.save, typed)
    assert workspace.read(own_figures.sheet, made) == replace(typed, id=made)
    told = workspace.read(own_figures.value, typed, MONTH.start)
    assert told.words == "Part des personnes : entretien ; dont « Sexe » est « Femme »."
    assert (told.value, told.unit) == ("— (0 sur 0)", "")
    (key,) = (key for key, label in workspace.read(objectives.choices) if "Part des femmes" in label)
    workspace.write("Objectif", objectives.save, None, key, 2026, "60 %")
    (line,) = workspace.read(objective_progress.progress, None)
    assert (line.line.label, line.line.target) == ("Part des femmes", 60)
    shown = workspace.read(activity_page.page, Asked(MONTH.start, group=rules.FUNDER)).view.indicators
    assert [one.target for one in shown] == [0.6]
    workspace.write("Archiver", own_figures.archive, made)
    assert [one.label for one in workspace.read(objectives.listing, None)] == ["Part des femmes"]
    assert key not in dict(workspace.read(objectives.choices))
