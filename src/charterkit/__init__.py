"""charterkit: work with a Best Practice Charter for engaging parents, carers, pupils and communities."""

__version__ = "0.1.0"
