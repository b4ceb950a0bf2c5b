"""Compares, times and reports; needs nothing but Python itself, so that it stays small beside what it measures."""
