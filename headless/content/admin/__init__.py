"""What page types of several apps share in the admin."""
