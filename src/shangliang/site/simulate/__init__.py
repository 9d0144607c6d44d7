"""A county's years, simulated: Dongning with its 115 units, everything through ``perform`` on a clock of its own.

``tree`` says which places there are and who holds which post, ``topics`` what they talk over, ``plan`` (pure, seeded) what
happens when, ``telling`` how one matter goes its way in acts, ``build`` does it.

The figures of the published report hold exactly (东宁市政协, 2024-08-15): 15 pilots in 2021, 76 venues at the end of 2022, 115
in 2023, 409 meetings and 310 problems solved from 2021 to 2023. Which place met when, and about what, is invented.
"""
