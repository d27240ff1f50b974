"""Uploaded files and images: what is accepted, and under which address and name it is read."""
