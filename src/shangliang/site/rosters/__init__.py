"""A county's spreadsheet: units, who holds which post, venues, members' links, changes, old ledgers, in one workbook.

``sheets`` reads it (cells, never formulas), ``columns`` says what each sheet holds, ``places`` finds units by name or code,
``plan`` checks every line and turns it into acts, ``doing`` performs them: all or nothing. Nothing is typed in villages.
"""
