"""The steps of an import, each a screen: columns, words and hours, places, duplicates, the end."""
