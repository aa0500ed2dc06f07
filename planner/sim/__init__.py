"""What happens: random streams, customers, booking, capacity, engines, measures."""
