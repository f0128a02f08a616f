"""Numbers in, numbers out: knows numpy and friends and nothing of ours."""
