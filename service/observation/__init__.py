"""What operators see of the service: logs, metrics, traces. None of it holds what people asked."""
