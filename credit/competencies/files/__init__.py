"""Frameworks as files: what other systems write, and what we write for them."""
