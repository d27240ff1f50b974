"""Formats of dates by language, day before month, for the setting `FORMAT_MODULE_PATH`."""
