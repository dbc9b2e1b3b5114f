"""Certificates: corpora, corruptions, and the judges that must agree on them."""
