"""What can be read off a text alone: cleaning, blocks, sentences, quotations, metadata, dates."""
