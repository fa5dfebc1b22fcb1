"""Findings, how a file allows them, and how they are shown."""
