"""System checks of the database, which run before `migrate` changes it."""

from django.core.checks import Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

SUPPORTED = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# A migration that only versions from before the first release have applied.
BEFORE_THE_FIRST_RELEASE = ("headless", "0003_content_changes")


def check_vendor(app_configs, databases, **kwargs):
    """
    Report databases on which our migrations would fail half way.

    MySQL and MariaDB do not support our check constraints (error 1901).
    """
    return [
        Error(
            f"Civic Portal does not support {connections[alias].display_name}.",
            hint=f"Use {' or '.join(SUPPORTED.values())} for the database “{alias}”.",
            id="civic_headless.E016",
        )
        for alias in databases or ()
        if connections[alias].vendor not in SUPPORTED
    ]


def check_history(app_configs, databases, **kwargs):
    """Report a database created before the first release, whose migrations differ."""
    found = []
    for alias in databases or ():
        recorder = MigrationRecorder(connections[alias])
        if recorder.has_table() and BEFORE_THE_FIRST_RELEASE in recorder.applied_migrations():
            found.append(
                Error(
                    f"The database “{alias}” was made by Civic Portal before its first release and "
                    "cannot be upgraded.",
                    hint="Start with an empty database; in development, remove the folder var/.",
                    id="civic_headless.E017",
                )
            )
    return found
