"""
Published content and how it is read: what is visible, in which language, under which URL.

It knows no page type, no API and no cache; packages above it are built on it.
"""
