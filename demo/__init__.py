"""A demo portal of a fictional ward: texts, pictures and PDFs, loaded by `load_demo`."""
