"""The sheet a person takes along: chosen places on A4, with the way there, in two languages."""
