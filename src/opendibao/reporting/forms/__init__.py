"""表单: printed forms of a year, each one table or a few on its pages, in Word and PDF alike."""
