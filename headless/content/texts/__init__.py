"""Texts, rich texts and stream fields: stored in one form, and read with everything they refer to."""
