"""The LMS administrator's desk: which platforms there are, what works, and what to change."""
