"""The program that trains the embedded embedding model; needs the extra `models`."""
