"""Rows that name others which are gone: what becomes of them where a shop is put together from what is left of it."""

import sqlite3


def mend(connection: sqlite3.Connection) -> int:
    """Have no row name another that is not there, and return how many rows had to go.

    What may name nothing does; what may not goes, and so on with those that named it. A picture of an item with neither
    bytes nor an address is none. Foreign keys must be off or deferred.
    """
    gone = 0
    while broken := connection.execute("PRAGMA foreign_key_check").fetchall():
        for table, row, _parent, number in broken:
            keys = connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            column = next(key[3] for key in keys if key[0] == number)
            columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            if any(name == column and needed for _id, name, _type, needed, *_more in columns):
                gone += connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,)).rowcount
            else:
                connection.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (row,))
    return gone + connection.execute("DELETE FROM picture WHERE sha256 IS NULL AND url = ''").rowcount
