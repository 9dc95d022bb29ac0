"""送达数据: files as departments send them become sealed rows; what cannot be taken goes back with its reason."""
