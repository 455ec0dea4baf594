"""Word documents, OpenDocument texts and e-books in: zip files of XML."""
