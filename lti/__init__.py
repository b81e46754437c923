"""LTI 1.3 Advantage: everything that CareerLink says to a platform and hears from one."""
