"""What is said of the passages found: the words that answer, replies, verified citations."""
