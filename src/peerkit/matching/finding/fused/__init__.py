"""Kernels: what NumPy answers in many passes over all groups, compiled to one."""
