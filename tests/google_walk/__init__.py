"""A random walk over one coalition on the emulated Google, planted bugs, and a sweep of faults."""
