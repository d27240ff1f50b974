"""The invented ward that `load_demo` builds: its texts, its pictures and its papers."""
