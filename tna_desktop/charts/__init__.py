"""Pictures from results, as SVG text: the same picture on the screen and in the report."""
