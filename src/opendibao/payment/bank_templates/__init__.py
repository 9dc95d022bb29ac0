"""银行文件模板: one data file per format that a bank takes or gives; `opendibao.payment.templates` reads them."""
