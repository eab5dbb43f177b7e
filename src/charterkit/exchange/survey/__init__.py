"""What a form tool exports of a survey, made into totals: what each column is, and what is kept of it."""
