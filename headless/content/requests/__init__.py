"""What is known of the request that is answered, and of who sends it."""
