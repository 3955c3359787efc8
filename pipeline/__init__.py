"""Thinks, and gives the orders: the only room that calls the others."""

VERSION = "0.1.0"
