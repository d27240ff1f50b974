"""Django's database cache with atomic `incr` and errors that callers can distinguish from results."""

import base64
import pickle

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache as DjangoDatabaseCache
from django.db import OperationalError, connections, router, transaction
from django.utils import timezone

from ..errors import CacheUnavailable


class DatabaseCache(DjangoDatabaseCache):
    """
    A database cache whose `add` and `incr` raise `CacheUnavailable` if the database is locked.

    Django's `add` returns False for a locked database, as if the key existed; its `incr` loses
    concurrent increments and resets the expiry. Its reads delete expired rows and so wait for
    writers; here expired rows are deleted by culling only.
    """

    def is_reachable(self) -> bool:
        """Return True if the database can be queried, else raise the database's error."""
        self.has_key("reachable")
        return True

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """
        Add a key and return whether it was added; raise `CacheUnavailable` if it could not be
        written.
        """
        added = super().add(key, value, timeout, version)
        if not added and not self.has_key(key, version):
            raise CacheUnavailable
        return added

    def incr(self, key, delta=1, version=None):
        """
        Increment a key atomically and keep its expiry; raise `CacheUnavailable` if the row is
        locked.
        """
        name = self.make_and_validate_key(key, version)
        database = router.db_for_write(self.cache_model_class)
        connection = connections[database]
        table = connection.ops.quote_name(self._table)
        lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
        now = connection.ops.adapt_datetimefield_value(timezone.now().replace(tzinfo=None))
        try:
            with transaction.atomic(using=database), connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT value FROM {table} WHERE cache_key = %s AND expires > %s{lock}",  # noqa: S608
                    [name, now],
                )
                row = cursor.fetchone()
                if row is None:
                    raise ValueError(f"Key {key!r} not found.")
                number = pickle.loads(base64.b64decode(row[0])) + delta  # noqa: S301
                value = base64.b64encode(pickle.dumps(number, self.pickle_protocol)).decode()
                cursor.execute(
                    f"UPDATE {table} SET value = %s WHERE cache_key = %s",  # noqa: S608
                    [value, name],
                )
        except OperationalError as error:
            raise CacheUnavailable from error
        return number

    def delete(self, key, version=None):
        """Delete a key; raise the database's error if that fails."""
        return super()._base_delete_many([self.make_and_validate_key(key, version)])

    def delete_many(self, keys, version=None):
        """Delete keys; raise the database's error if that fails."""
        super()._base_delete_many([self.make_and_validate_key(key, version) for key in keys])

    def _base_delete_many(self, keys):
        return False  # Called by Django's `get_many` to delete expired keys.
