"""读文件: a department's file, in whatever form it comes, as rows of named texts; knows no Django and no database."""
