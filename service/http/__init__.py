"""The HTTP interface: application, routes, schemas, errors, keys."""
