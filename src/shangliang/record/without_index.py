"""A step of a migration: foreign keys keep what they are and lose their indexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.migrations.operations.base import Operation


class WithoutIndex(Operation):
    """``fields`` names, for each model, foreign keys that no longer have an index of their own. Only the indexes are dropped:
    the framework's own step would make each table anew on SQLite, once for every field. Going back leaves them dropped;
    they were there for speed alone."""

    reversible = True

    def __init__(self, fields: Mapping[str, tuple[str, ...]]) -> None:
        self.fields = fields

    def state_forwards(self, app_label: str, state: Any) -> None:
        for model, name in self._each():
            fields = state.models[app_label, model].fields
            _, _, given, named = fields[name].deconstruct()
            fields[name] = type(fields[name])(*given, **{**named, "db_index": False})
        state.reload_models({(app_label, model) for model in self.fields})

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        connection = schema_editor.connection
        for model, names in self.fields.items():
            with connection.cursor() as cursor:
                found = connection.introspection.get_constraints(cursor, f"{app_label}_{model}")
            alone = [[f"{name}_id"] for name in names]
            for index, is_ in found.items():
                if is_["index"] and not (is_["unique"] or is_["primary_key"]) and is_["columns"] in alone:
                    schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(index)}")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        pass

    def describe(self) -> str:
        return f"Drop the indexes of {len(list(self._each()))} foreign keys"

    def _each(self) -> Iterator[tuple[str, str]]:
        return ((model, name) for model, names in self.fields.items() for name in names)
