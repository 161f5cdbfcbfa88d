"""The bench of Kodo on a real, small language model. See bench/README.md."""
