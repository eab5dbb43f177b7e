"""What the files mean. No input or output, no clock."""
