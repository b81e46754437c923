"""Groups of the command line, composed by ``careerlink.cli``."""
