"""A file on its way into the directory: kept row by row, left and come back to, undone at once."""
