"""The year of promises."""
