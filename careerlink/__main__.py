"""``python -m careerlink`` is the command line."""

from careerlink.cli import main

main()
