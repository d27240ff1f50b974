"""URLs of pages and files, links in rich text, and redirects."""
