"""What brings the site to a machine and stands in front of it there."""
