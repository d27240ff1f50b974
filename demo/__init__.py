"""The portal of an invented ward that `load_demo` builds: its texts, pictures and PDFs."""
