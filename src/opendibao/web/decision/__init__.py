"""评议公示和审核确认的页面: meetings, notices, opinions, decisions and letters."""
