"""The commands of ``shangliang``, one module each.

A module has ``name``, ``help``, ``arguments(parser)`` and ``run(options) -> exit status``. It may set
``environment``, variables that hold before Django starts, and ``alone = True`` when it needs neither Django
nor a database. Models are imported inside functions: Django is ready only when they run.
"""
