"""Benchmarks behind `make bench`, and the fitting of weights."""
