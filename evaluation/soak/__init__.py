"""Long trials of what docs/promises.md promises: faults of the store, load, memory."""
