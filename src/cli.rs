//! The command line: one verb for each question.
