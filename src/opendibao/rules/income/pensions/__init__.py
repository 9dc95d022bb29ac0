"""养老金 less the centrally fixed basic pension while it is excluded."""
