"""How a request finds the account behind its session."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from shangliang.people.models import Account


class CardBackend(ModelBackend):
    """Looks the account up in plain SQL: every page of the desk asks for it."""

    def get_user(self, user_id: Any) -> Account | None:
        fields = Account._meta.concrete_fields
        columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM people_account WHERE id = %s AND is_active", [user_id])
            row = cursor.fetchone()
        return Account.from_db(connection.alias, [f.attname for f in fields], row) if row else None
