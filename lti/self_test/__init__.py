"""Trying each service of a platform, safely in production: nothing is sent but questions."""
