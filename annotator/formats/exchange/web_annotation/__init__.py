"""The Web Annotation Data Model of the W3C, as JSON-LD."""
