"""Running the service: the command, copies of the documents, what is needed to run."""
