"""Thinks, and gives the orders: the only room that calls the others."""
