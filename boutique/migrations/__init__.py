"""Schema versions, run by `storage.migrate`; a new one is written by `alembic revision --autogenerate -m "…"`."""
