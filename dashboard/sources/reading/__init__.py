"""Read trackers as they are kept: each row as text cells, with the place it stood.

content says what a file is, csv_file and workbook give its rows, frame says which of
them are rows of the table.
"""
