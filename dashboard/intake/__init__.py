"""Files that a page takes in: where they go, how they are read, and their import."""
