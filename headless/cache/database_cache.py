import base64
import pickle

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache as DjangoDatabaseCache
from django.db import OperationalError, connections, router, transaction
from django.utils import timezone

from ..errors import CacheUnavailable


class DatabaseCache(DjangoDatabaseCache):
    """
    Django's database cache, in which `add` and `incr` tell a busy database from an answer.

    In Django's own, `add` of a database that is locked is False as if the key were there; `incr`
    loses what others count at the same time, and forgets when the key expires. A read there
    deletes what has expired, and so waits for a writer; here that is left to the culling.
    """

    def is_reachable(self) -> bool:
        """Whether the database answers; raises its own error where it does not."""
        self.has_key("reachable")
        return True

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        added = super().add(key, value, timeout, version)
        if not added and not self.has_key(key, version):
            raise CacheUnavailable
        return added

    def incr(self, key, delta=1, version=None):
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
        return super()._base_delete_many([self.make_and_validate_key(key, version)])

    def delete_many(self, keys, version=None):
        super()._base_delete_many([self.make_and_validate_key(key, version) for key in keys])

    def _base_delete_many(self, keys):
        return False  # Django's `get_many` asks for it, with keys that have expired.
