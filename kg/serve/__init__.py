"""How is a review looked at in a browser, on this computer?

Stands on the folder, pages, reports and ask.
"""
