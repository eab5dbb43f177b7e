"""An extract of the establishments in Get Information about Schools (GIAS), taken in as schools and trusts."""
