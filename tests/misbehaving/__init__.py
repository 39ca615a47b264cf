"""Reporters that harm: their kinds, the program that runs one, and the test of all."""
