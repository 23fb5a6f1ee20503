"""The vehicles of a delivery service."""
