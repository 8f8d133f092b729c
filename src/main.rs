//! The command line: maps results to exit codes and nothing else.
fn main() {}
