"""The alternative-text linter: readers find images, rules judge them, reports tell."""
