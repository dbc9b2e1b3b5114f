"""Pictures: what is in them, and that the same picture gives the same bytes."""
