"""Trained networks: how they are read, judged and written."""
