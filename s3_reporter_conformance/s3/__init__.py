"""S3 itself, without sockets: its credentials and how requests are signed with them."""
