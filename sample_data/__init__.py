"""The generator of the sample operations database: an invented company."""
