"""金融资产 against the standard's months."""
