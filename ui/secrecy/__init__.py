"""What is kept from the public, on the pages: consents, contacts by role, private notes, audit."""
