"""Answers in, answers out: what statistics say of the rows of an answer."""
