"""The papers themselves, in the order in which a matter meets them. Importing this package registers them all."""

from shangliang.documents.sheets import deciding, selection, meeting, consulting, results, proposing, outcome, file, wall, rulebook, above  # noqa: F401, I001  # fmt: skip
