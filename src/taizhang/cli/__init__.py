"""The commands, thin: they read options, call one job each, and print what it gives back."""

from taizhang.cli.main import main

__all__ = ["main"]
