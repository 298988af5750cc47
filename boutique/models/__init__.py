"""Entities: SQLAlchemy mapped classes and their closed vocabularies, nothing else."""
