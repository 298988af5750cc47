"""Ctrl+K finds people as well as actions, while the base is open and only then."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from boutique.models.person import Person
from tests.scenarios.driver import CTRL, KEY, Driver


def _somebody(session: Session) -> str:
    return session.scalars(select(Person.last_name).order_by(Person.last_name)).all()[-1]


def _lines(driver: Driver) -> list[str]:
    palette = driver.start.window.command_palette()
    return [palette.lines.item(row).text() for row in range(palette.lines.count())]


def test_a_name_typed_in_the_palette_opens_the_file(driver: Driver) -> None:
    name = driver.workspace.read(_somebody)
    driver.key(KEY.Key_K, CTRL)
    driver.write(name)
    driver.until("the file is not offered", lambda: any(name in line for line in _lines(driver)))
    driver.key(KEY.Key_Return)
    driver.settle()
    assert driver.view == "file"
    assert driver.says(name)


def test_a_closed_base_is_no_longer_searched(driver: Driver) -> None:
    name = driver.workspace.read(_somebody)
    palette = driver.start.window.command_palette()
    driver.key(KEY.Key_L, CTRL)
    driver.settle()
    palette.ask()
    driver.write(name)
    driver.settle()
    assert not any(name in line for line in _lines(driver))
    palette.close()
