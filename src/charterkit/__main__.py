"""`python -m charterkit`."""

from charterkit.cli import main

main()
