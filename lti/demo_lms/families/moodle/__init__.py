"""Moodle 4.5, as recorded."""
