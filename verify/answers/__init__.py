"""From a dataset to everything that is so about it; knows no claim and no view."""
