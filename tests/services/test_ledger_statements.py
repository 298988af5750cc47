"""Reading ahead on a second connection: the same figures, and never of another moment than the rest of the look."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from boutique.models.person import Person
from boutique.services import ledger_reading, month
from boutique.services.ledger_statements import Statement, Statements
from boutique.services.workspace import Workspace

PEOPLE = Statement("SELECT count(*) FROM person WHERE created_at > :since", (("since", "1900"),))
MONTH = date(2026, 10, 1)


def test_figures_are_the_same_with_what_was_read_ahead(
    demo_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines(session: Session) -> tuple[month.IndicatorLine, ...]:
        return month.read(session, MONTH).lines()

    usual = demo_workspace.read(lines)
    monkeypatch.setattr(ledger_reading, "BIG", 0)
    assert demo_workspace.read(lines) == usual
    assert any(line.month for line in usual)


def test_an_answer_is_made_ahead_once(demo_workspace: Workspace) -> None:
    def twice(session: Session) -> list[int]:
        statements = Statements(session)
        statements.ahead([PEOPLE])
        statements.ahead([PEOPLE])
        return [statements.row(PEOPLE)[0], statements.row(PEOPLE)[0]]

    first, second = demo_workspace.read(twice)
    assert first == second > 0


def test_nothing_is_taken_from_another_moment(demo_workspace: Workspace) -> None:
    """Somebody is written down between the look and what is read ahead for it: the look stays what it was."""

    def look(session: Session) -> tuple[int, int]:
        statements = Statements(session)
        before = statements.row(PEOPLE)[0]
        demo_workspace.write("Ajouter", lambda writer: writer.add(Person(first_name="Nadia", last_name="Berger")))
        later = Statements(session)
        later.ahead([PEOPLE])
        return before, later.row(PEOPLE)[0]

    before, after = demo_workspace.read(look)
    assert before == after
    assert demo_workspace.read(lambda session: Statements(session).row(PEOPLE)[0]) == before + 1


def test_what_fails_ahead_is_asked_again_where_it_is_told(demo_workspace: Workspace) -> None:
    wrong = Statement("SELECT nothing FROM nowhere")

    def look(session: Session) -> int:
        statements = Statements(session)
        statements.ahead([wrong, PEOPLE])
        found: int = statements.row(PEOPLE)[0]
        with pytest.raises(Exception, match="nowhere"):
            statements.row(wrong)
        return found

    assert demo_workspace.read(look) > 0


def test_what_a_use_case_has_just_written_is_counted(demo_workspace: Workspace) -> None:
    def add(session: Session) -> tuple[int, int]:
        before = Statements(session).row(PEOPLE)[0]
        session.add(Person(first_name="Nadia", last_name="Berger"))
        later = Statements(session)
        later.ahead([PEOPLE])
        return before, later.row(PEOPLE)[0]

    before, after = demo_workspace.write("Ajouter", add)
    assert after == before + 1
