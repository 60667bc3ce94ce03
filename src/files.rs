//! Reads and writes files, each written whole or not at all.
