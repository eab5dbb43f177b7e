"""Very many schools: pieces of work for several processes or machines, and what an earlier call found out."""
