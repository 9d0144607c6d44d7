"""The record book (记录簿): what was done, in order, chained by digests, never edited. See docs/record.md."""
