"""Opens cases: applications, leads from grid workers, declarations, consents."""
