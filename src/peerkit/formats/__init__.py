"""Codecs for the formats others read and write; each a module of its own."""
