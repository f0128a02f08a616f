"""The SQL of query files: our functions, what is allowed, and what is written in."""
