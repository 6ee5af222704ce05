"""The report to print: A4, maps as lines, tables over as many pages as they need."""
