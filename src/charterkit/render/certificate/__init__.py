"""The certificate: on paper to hang up, as a page and a picture, and as the signed credential itself."""
