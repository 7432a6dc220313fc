//! Compressed files: gzip and ZIP are built here, the others come from the codecs' own programs' bytes.
