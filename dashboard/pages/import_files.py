"""Files dragged in, what would become of them, and their import."""
