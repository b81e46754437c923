"""How far each sample student has come, played through the real operations at past times."""

from careerlink.demo.loading import Loading


def load(loading: Loading) -> None:
    """Nothing yet."""
