"""The triggers that write the journal.

On SQLite they are temporary triggers of the one connection that writes, generated from the tables of the file: they
follow these with no migration, and need no model that nothing else has loaded. On PostgreSQL one function serves every
table. Many new rows of one table are noted together (`data.many.insert_rows`), which takes a twentieth of the time of a
trigger for each.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, text

from desktop.data.history import journaled

PG_FUNCTION = """
CREATE OR REPLACE FUNCTION write_journal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before jsonb;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(key, value) INTO before FROM jsonb_each(to_jsonb(OLD))
    WHERE value IS DISTINCT FROM to_jsonb(NEW) -> key;
    IF before IS NULL THEN RETURN NULL; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    before = to_jsonb(OLD);
  END IF;
  INSERT INTO journal (action_id, table_name, op, row_id, before) VALUES (
    nullif(current_setting('dukkan.action', true), '')::bigint,
    TG_TABLE_NAME, left(TG_OP, 1), CASE TG_OP WHEN 'INSERT' THEN NEW.id ELSE OLD.id END, before::text);
  RETURN NULL;
END $$
"""
PG_TRIGGER = """
CREATE OR REPLACE TRIGGER write_journal AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION write_journal()
"""
RUNNING = "CREATE TEMP TABLE running AS SELECT NULL AS action_id"
JOURNALED = {"id", "version"}  # the columns of every `models.Row`, and of no other table
COLUMNS = """
SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
WHERE tables.type = 'table' ORDER BY tables.name, columns.cid
"""
SQLITE_TRIGGER = """
CREATE TEMP TRIGGER journal_{table}_{op} AFTER {event} ON main.{table} {when}
BEGIN
  INSERT INTO journal (action_id, table_name, op, row_id, before)
  VALUES ((SELECT action_id FROM running), '{table}', '{op}', {row}.id, {before});
END
"""


def install_postgresql(connection: Connection) -> None:
    """Make the triggers of every journaled table of a server."""
    connection.execute(text(PG_FUNCTION))
    for name in journaled():
        connection.execute(text(PG_TRIGGER.format(table=name)))


def journal_writes(connection: sqlite3.Connection) -> None:
    """Have every change of a row noted that this connection makes from now on."""
    columns: dict[str, list[str]] = {}
    for table, column in connection.execute(COLUMNS):
        columns.setdefault(table, []).append(column)
    connection.execute(RUNNING)
    for table, names in columns.items():
        if set(names) >= JOURNALED:
            for statement in _triggers(table, *names):
                connection.execute(statement)


@contextmanager
def noting_together(connection: Connection, table: str, first: int) -> Iterator[None]:
    """Note the rows from this id on, which are added to a table of SQLite in the block, with one statement.

    If the block fails, the transaction is over, and with it goes that there was no trigger.
    """
    connection.exec_driver_sql(f"DROP TRIGGER temp.journal_{table}_I")
    yield
    added = f"SELECT (SELECT action_id FROM temp.running), '{table}', 'I', id FROM {table} WHERE id >= ?"
    connection.exec_driver_sql(f"INSERT INTO journal (action_id, table_name, op, row_id) {added}", (first,))
    connection.exec_driver_sql(_on_insert(table))


@cache  # one shop has the tables of another
def _triggers(table: str, *names: str) -> tuple[str, ...]:
    return _on_insert(table), _on_update(table, names), _on_delete(table, names)


def _on_insert(table: str) -> str:
    return SQLITE_TRIGGER.format(table=table, op="I", event="INSERT", when="", row="NEW", before="NULL")


def _on_update(table: str, names: Sequence[str]) -> str:
    differs = {name: f"OLD.{name} IS NOT NEW.{name}" for name in names}
    pairs = " UNION ALL ".join(f"SELECT '{name}' AS k, OLD.{name} AS v WHERE {so}" for name, so in differs.items())
    before = f"(SELECT json_group_object(k, v) FROM ({pairs}))"
    when = f"WHEN {' OR '.join(differs.values())}"
    return SQLITE_TRIGGER.format(table=table, op="U", event="UPDATE", when=when, row="OLD", before=before)


def _on_delete(table: str, names: Sequence[str]) -> str:
    whole = ", ".join(f"'{name}', OLD.{name}" for name in names)
    before = f"json_object({whole})"
    return SQLITE_TRIGGER.format(table=table, op="D", event="DELETE", when="", row="OLD", before=before)
