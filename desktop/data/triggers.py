"""The triggers that write the journal, generated from the models.

On SQLite they are temporary triggers of the one connection that writes: they follow the models
with no migration. On PostgreSQL one function serves every table. Many new rows of one table are noted
together (`data.many.insert_rows`), which takes a twentieth of the time of a trigger for each.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, text

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


def sqlite_statements() -> Iterator[str]:
    """Yield what a connection that writes says first, to be journaled."""
    yield "CREATE TEMP TABLE running (action_id INTEGER, together TEXT)"
    yield "INSERT INTO running VALUES (NULL, NULL)"
    for model in journaled().values():
        yield from _sqlite_table(model.metadata.tables[model.__tablename__])


def _sqlite_table(table: Table) -> Iterator[str]:
    names = [column.name for column in table.columns]
    whole = ", ".join(f"'{name}', OLD.{name}" for name in names)
    differs = [f"OLD.{name} IS NOT NEW.{name}" for name in names]
    pairs = " UNION ALL ".join(
        f"SELECT '{n}' AS k, OLD.{n} AS v WHERE {d}" for n, d in zip(names, differs, strict=True)
    )
    for op, event, when, row, before in (
        ("I", "INSERT", f"WHEN (SELECT together FROM running) IS NOT '{table.name}'", "NEW", "NULL"),
        ("U", "UPDATE", f"WHEN {' OR '.join(differs)}", "OLD", f"(SELECT json_group_object(k, v) FROM ({pairs}))"),
        ("D", "DELETE", "", "OLD", f"json_object({whole})"),
    ):
        yield SQLITE_TRIGGER.format(table=table.name, op=op, event=event, when=when, row=row, before=before)
