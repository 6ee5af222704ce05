"""The sheet of a table: the map of the neighbourhood beside empty numbered lines, to write on."""
