"""Rows for the data scientist: Hugging Face datasets and Parquet."""
