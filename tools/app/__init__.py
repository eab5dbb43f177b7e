"""`make app`: a program for people without Python, for the system it is built on, with PyInstaller."""
