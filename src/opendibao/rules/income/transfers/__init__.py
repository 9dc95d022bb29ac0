"""经常性转移收入: benefits, gifts, remittances."""
