"""The report as a page, in a real browser."""
