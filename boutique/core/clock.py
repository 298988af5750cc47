"""Time, in one place: stored instants are UTC, days are those of the counsellor's clock."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Present instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day on the wall calendar where the application runs."""
    return now().astimezone().date()


def local(instant: datetime) -> datetime:
    """An instant as the counsellor's clock shows it."""
    return instant.astimezone()
