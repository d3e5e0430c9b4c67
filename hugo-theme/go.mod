module github.com/scientific-python/scientific-python-theme/hugo-theme

go 1.19
