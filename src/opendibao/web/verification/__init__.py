"""核对调查的页面: surveys and what belongs to them."""
