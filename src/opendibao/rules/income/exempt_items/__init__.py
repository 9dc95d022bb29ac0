"""不计入家庭收入的项目 by dated rows."""
