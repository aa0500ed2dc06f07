"""Ticket and booking logs in, calibrated demand and service times out."""
