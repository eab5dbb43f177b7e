"""People's text has one home, on the ground: made safe to show, and put into English sentences."""
