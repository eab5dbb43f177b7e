"""x."""
from charterkit.cli import main as main
