"""Checks of the database that run before `migrate` touches it."""

from django.core.checks import Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

SUPPORTED = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# A migration that only versions from before the first release have applied.
BEFORE_THE_FIRST_RELEASE = ("headless", "0003_content_changes")


def check_vendor(app_configs, databases, **kwargs):
    """
    Refuse databases on which our migrations would stop half way.

    MariaDB and MySQL do not know the check constraints that we use (error 1901).
    """
    return [
        Error(
            f"Civic Portal does not support {connections[alias].display_name}.",
            hint=f"Use {' or '.join(SUPPORTED.values())} for the database “{alias}”.",
            id="headless.E016",
        )
        for alias in databases or ()
        if connections[alias].vendor not in SUPPORTED
    ]


def check_history(app_configs, databases, **kwargs):
    """Refuse a database that was made before migrations began anew with the first release."""
    found = []
    for alias in databases or ():
        recorder = MigrationRecorder(connections[alias])
        if recorder.has_table() and BEFORE_THE_FIRST_RELEASE in recorder.applied_migrations():
            found.append(
                Error(
                    f"The database “{alias}” was made by Civic Portal before its first release and "
                    "cannot be upgraded.",
                    hint="Start with an empty database; in development, remove the folder var/.",
                    id="headless.E017",
                )
            )
    return found
