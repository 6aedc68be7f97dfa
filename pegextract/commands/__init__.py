"""The commands that look after a dataset and run unattended; what converts and shows documents is in cli.py."""
