"""Date formats with the day before the month, for the setting `FORMAT_MODULE_PATH`."""
