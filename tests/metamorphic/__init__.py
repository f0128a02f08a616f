"""Relations between answers (M1 to M22 of the list of promises), on random databases."""
