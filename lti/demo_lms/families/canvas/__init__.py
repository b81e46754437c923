"""Canvas, as its source, specs and documentation say."""
