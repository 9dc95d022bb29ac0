"""墙: the SQL that every migration uses for row-level security and append-only tables."""

from django.db import migrations

SEES = "starts_with({column}, nullif(current_setting('app.division', true), ''))"


def by_division(table: str, column: str = "division") -> migrations.RunSQL:
    """Let the app's role see and write only rows of the divisions its session may see ('' sees nothing)."""
    sees = SEES.format(column=column)
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY by_division ON {table} USING ({sees}) WITH CHECK ({sees});",
        f"DROP POLICY by_division ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def through(table: str, parent: str, key: str) -> migrations.RunSQL:
    """A child row is seen by whoever sees its parent row."""
    seen = f"EXISTS (SELECT 1 FROM {parent} WHERE {parent}.id = {table}.{key})"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY through_parent ON {table} USING ({seen}) WITH CHECK ({seen});",
        f"DROP POLICY through_parent ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def everybody_reads(table: str) -> migrations.RunSQL:
    """Reference rows without personal data: all read, and writing needs a session with a division."""
    writes = "nullif(current_setting('app.division', true), '') IS NOT NULL"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY all_read ON {table} FOR SELECT USING (true);"
        f"CREATE POLICY officers_write ON {table} USING ({writes}) WITH CHECK ({writes});",
        f"DROP POLICY all_read ON {table}; DROP POLICY officers_write ON {table};"
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE for everybody, the owner included."""
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change();"
        f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change();",
        f"DROP TRIGGER append_only ON {table}; DROP TRIGGER no_truncate ON {table};",
    )


def no_delete(table: str) -> migrations.RunSQL:
    """Refuse DELETE and TRUNCATE: what was entered is corrected, never removed."""
    return migrations.RunSQL(
        f"CREATE TRIGGER no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();"
        f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change();",
        f"DROP TRIGGER no_delete ON {table}; DROP TRIGGER no_truncate ON {table};",
    )


def only_read(table: str) -> migrations.RunSQL:
    """A framework's rows without personal data that only the owner writes: all read."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY all_read ON {table} FOR SELECT USING (true);",
        f"DROP POLICY all_read ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def by_rule(table: str, sees: str) -> migrations.RunSQL:
    """Let the app's role see and write only rows for which a rule holds."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY by_rule ON {table} USING ({sees});",
        f"DROP POLICY by_rule ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )
