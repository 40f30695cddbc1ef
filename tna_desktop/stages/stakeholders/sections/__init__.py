"""The sections of chapter 1, by step: plain values and tables, for the report and the workbook alike."""
