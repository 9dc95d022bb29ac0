"""What the public hears and says: publicity, training, hotline, complaints."""
