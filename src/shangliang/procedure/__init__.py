"""The local procedures (规程) as data, and the judgement of acts under them.

A pure room: no Django, no clock, no input or output except reading the TOML files packaged beside it. See
``docs/procedure-files.md`` for the files and ``docs/gates.md`` for the vocabulary.
"""
