"""Uploaded pictures, from the request to the page.

- `views`: uploading over HTTP
- `encoding`: decoded, checked, encoded again in two sizes
- `jpeg`: what a JPEG costs to decode; `memory`: what decoding took goes back to the system
- `storage`: files under random names, and the rows that name them
- `fields`: a picture as a field of a project or a profile
"""
