"""Signing in: the routes that set a cookie, the forms that post to them, who it stands for."""
