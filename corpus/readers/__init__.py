"""The readers of files that are more than plain text: Word, PDF, web pages, archives and old office formats."""
