"""A workshop: phones, the big screen, sheets of tables and who leads it."""
