"""本月一页: the month by town and by subject, on one page: to look at, to print, as PDF, Word and Excel, in the form of whoever
asks for it. Frozen once; what is entered later stands beside it."""
