"""The page of people: invitations, roles, lending, sessions."""
