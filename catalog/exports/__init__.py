"""Getting everything out again, and back in.

the list's address or ticked coins -> Selection -> tables (CSV, XLSX, JSON: rows of text)
                                                -> printing (PDF: report, flips, boxes)
everything one owns -> archive (ZIP: documents, files, manifest) -> restore -> the same again
"""
