"""What Django writes for browsers, previews, feed readers and search engines."""
