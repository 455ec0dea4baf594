"""Faults, injected on purpose: programs killed, power cut. The long form is ``make torture``."""
