"""The run as a program in R or Python."""
