"""UIMA CAS, as XMI and as JSON: what INCEpTION and other UIMA programs read and write."""
