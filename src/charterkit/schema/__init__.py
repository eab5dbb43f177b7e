"""JSON Schemas of the files, for editors: made from the models by `make reference`, and a workspace's own."""
