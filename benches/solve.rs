//! Speed of the main job.

fn main() {}
