"""The page to play with, in a real browser."""
