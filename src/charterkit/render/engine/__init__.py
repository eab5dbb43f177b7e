"""Views into documents: templates, sandbox, paper and fonts."""
