"""One function per output format: findings in, text out."""
