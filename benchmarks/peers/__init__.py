"""What a figure is compared with: the same job done in the plain way."""
