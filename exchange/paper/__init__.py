"""What every sheet of ours is made of: typefaces, lines of text, signs, the order it is read in."""
