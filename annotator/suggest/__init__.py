"""What a machine may propose: quotes, speakers, learned marks."""
