"""A project as flat tables: a folder of CSV files, or an Excel workbook."""
