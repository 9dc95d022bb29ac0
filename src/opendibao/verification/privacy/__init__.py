"""个人信息保护: who was asked about, on what right, how it is shown to him, and when what came back is cleared."""
