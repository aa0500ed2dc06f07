"""One file per report; HTML, XLSX, ICS."""
