"""受理的页面: applications, cases, what is signed and handed over."""
