"""One map layer a folder: what it draws and its legend."""
