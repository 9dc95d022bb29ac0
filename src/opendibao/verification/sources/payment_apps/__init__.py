"""支付账户: a department that is asked about the members of a household."""
