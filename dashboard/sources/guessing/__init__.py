"""Propose a mapping from the headers and the values of files.

What the values show is declared and told, with the value that shows it; what they
leave open is asked. Nothing is guessed in silence.
"""

from dashboard.sources.guessing.asking import Asked, Proposal
from dashboard.sources.guessing.proposing import propose

__all__ = ["Asked", "Proposal", "propose"]
